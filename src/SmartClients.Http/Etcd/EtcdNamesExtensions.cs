using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>Names of the form <c>etcd:SERVICE@host:port,host:port</c>.</summary>
public static class EtcdNamesExtensions
{
    /// <summary>The same table, with <c>etcd:</c> in it.</summary>
    /// <param name="names">The table so far.</param>
    /// <param name="options">How etcd is reached; the defaults when left out.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Names WithEtcd(this Names names, EtcdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        options ??= new EtcdOptions();
        options.Validate();
        return names.With(EtcdName.Form, (name, opening) => opening.SignedBy is null ? new EtcdNames(name.Value, options, opening.Addresses)
            : throw new FormatException($"The members of '{name}' cannot be signed: etcd keeps them one by one."));
    }
}
