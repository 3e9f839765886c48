using System.Collections.Frozen;

namespace SmartClients.Naming;

/// <summary>Makes the source of one form of name.</summary>
/// <param name="name">The name; its <see cref="ServiceName.Value"/> is what this form reads.</param>
/// <param name="opening">What it is opened with.</param>
/// <exception cref="FormatException">It cannot be read; the message says what is wrong and what to write.</exception>
public delegate NameSource OpenName(ServiceName name, Opening opening);

/// <summary>THE TABLE of name forms: the word before the first colon, and the source that it leads to. Immutable; a program adds the
/// forms that need more than the core with <see cref="With"/>, and hands the table to whoever opens names.</summary>
public sealed class Names
{
    readonly FrozenDictionary<string, OpenName> forms;

    Names(FrozenDictionary<string, OpenName> forms) => this.forms = forms;

    /// <summary>The forms that the core opens by itself: <c>list:</c> and <c>file:</c>.</summary>
    public static Names Core { get; } = new(new Dictionary<string, OpenName>
    {
        ["list"] = static (name, opening) => StaticNames.Parse(name.Value, opening.DefaultPort),
        ["file"] = static (name, _) => new FileNames(name.Value),
    }.ToFrozenDictionary());

    /// <summary>The same table with one more form, or with another source for a form that it has.</summary>
    /// <param name="form">The word before the colon: lower-case letters and digits.</param>
    /// <param name="open">Makes the source.</param>
    public Names With(string form, OpenName open)
    {
        ArgumentException.ThrowIfNullOrEmpty(form);
        ArgumentNullException.ThrowIfNull(open);
        return new Names(new Dictionary<string, OpenName>(forms) { [form] = open }.ToFrozenDictionary());
    }

    /// <summary>The forms that can be opened, in alphabetical order.</summary>
    public IEnumerable<string> Forms => forms.Keys.Order(StringComparer.Ordinal);

    /// <summary>What opens names of a form; <see langword="null"/> when nothing does.</summary>
    public OpenName? Find(string form) => forms.GetValueOrDefault(form);

    /// <summary>Whether this table opens names of a form.</summary>
    public bool Opens(string form) => forms.ContainsKey(form);

    /// <summary>The source that a name such as <c>list:a:80,b:80</c> or <c>service://quotes</c> leads to.</summary>
    /// <param name="name">The name, without a path.</param>
    /// <param name="defaultPort">For addresses that name none.</param>
    /// <exception cref="FormatException">No such form, or it cannot be read; the message says which and what to write.</exception>
    public NameSource Open(string name, int? defaultPort = null) => Open(ServiceName.Parse(name), new Opening(this, defaultPort));

    /// <summary>The source that a name leads to.</summary>
    /// <exception cref="FormatException">No such form here, a path follows the name, or it cannot be read.</exception>
    public NameSource Open(ServiceName name, Opening opening)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(opening);
        if (name.Path.Length > 0) throw new FormatException($"'{name.Path}' follows the name {name}: write the name alone.");
        if (!forms.TryGetValue(name.Form, out var open))
            throw new FormatException($"'{name}' is not a name that can be resolved here. Known forms: {string.Join(", ", Forms.Select(f => f + ":…"))}.");
        return open(name, opening);
    }
}
