using SmartClients.Http.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Http.Hosting;

/// <summary>How the names in a program's options are resolved: <c>services.Configure&lt;SmartClientNamesOptions&gt;(…)</c>. Two of them are
/// read from the configuration as well: <c>SmartClients:Directories</c> and <c>SmartClients:StateFolder</c>.</summary>
public sealed class SmartClientNamesOptions
{
    readonly List<Func<Names, Names>> forms = [];

    /// <summary>The directories that know <c>service://</c> names: <c>http://a:8600,http://b:8600</c>, or a name of theirs.</summary>
    /// <value>The default is what <see cref="DirectoryAddresses.Variable"/> says.</value>
    public string? Directories { get; set; }

    /// <summary>Other places where certificates are looked for, such as DNS.</summary>
    public IList<CertificateFinder> Finders { get; } = [];

    /// <summary>Where state is kept: see <see cref="Naming.State.StateFolder"/>.</summary>
    /// <value>The default is <see langword="null"/>: that class's own. Empty: nothing is kept by anybody.</value>
    public string? StateFolder { get; set; }

    /// <summary>Which addresses a name may lead to.</summary>
    public AddressRules Addresses { get; set; } = AddressRules.Default;

    /// <summary>Adds forms that other packages open: <c>o.AddForms(names =&gt; names.WithKubernetes())</c>. May be called several times.</summary>
    /// <param name="more">Gives the table with its forms in it.</param>
    public void AddForms(Func<Names, Names> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        forms.Add(more);
    }

    /// <summary>A table, with all that was added.</summary>
    internal Names Complete(Names names) => forms.Aggregate(names, static (table, more) => more(table));
}
