using SmartClients.Naming;

namespace SmartClients.Discovery;

/// <summary>Names that DNS knows.</summary>
public static class DnsNamesExtensions
{
    /// <summary>Opens <c>dns:host:port</c> and <c>srv:_service._tcp.host</c> as well.</summary>
    /// <param name="names">The table.</param>
    /// <param name="options">How DNS is asked; the defaults when left out.</param>
    public static Names WithDns(this Names names, DnsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        options ??= new DnsOptions();
        return names
            .With("dns", (name, opening) => Open(name, opening, () =>
            {
                var of = Endpoint.Parse(name.Value, opening.DefaultPort);
                return new DnsNames(of.Host, of.Port, options, opening.Addresses);
            }))
            .With("srv", (name, opening) => Open(name, opening, () => new SrvNames(name.Value, options, opening.Addresses)));
    }

    static NameSource Open(ServiceName name, Opening opening, Func<NameSource> open)
    {
        if (opening.SignedBy is not null)
            throw new FormatException($"{name} cannot be used here: the certificate asks for signed members, and what DNS says is not signed.");
        try
        {
            return open();
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }
}
