using Microsoft.Extensions.ServiceDiscovery;
using SmartClients.Naming;

namespace SmartClients.Discovery.Providers;

/// <summary>Names that the providers of Microsoft.Extensions.ServiceDiscovery know.</summary>
public static class DiscoveredNamesExtensions
{
    /// <summary>Opens <c>discovery:NAME</c> as well: what <c>http://NAME</c> (or <c>https://NAME</c>, where <see cref="Opening.Scheme"/> says so)
    /// leads to there.</summary>
    /// <param name="names">The table.</param>
    /// <param name="resolver">The container's: <c>provider.GetRequiredService&lt;ServiceEndpointResolver&gt;()</c>, which <c>AddServiceDiscovery</c>
    /// has registered. Add no service discovery to the client itself.</param>
    public static Names WithServiceDiscovery(this Names names, ServiceEndpointResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(resolver);
        return names.With("discovery", (name, opening) =>
        {
            if (opening.SignedBy is not null)
                throw new FormatException($"{name} cannot be used here: the certificate asks for signed members, and what providers say is not signed.");
            try
            {
                return new DiscoveredNames(resolver, $"{opening.Scheme ?? "http"}://{name.Value}", opening.DefaultPort, opening.Addresses);
            }
            catch (ArgumentException error)
            {
                throw new FormatException(error.Message, error);
            }
        });
    }
}
