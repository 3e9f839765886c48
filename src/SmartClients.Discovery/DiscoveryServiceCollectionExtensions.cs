using Microsoft.Extensions.ServiceDiscovery;
using SmartClients.Discovery;
using SmartClients.Discovery.Providers;
using SmartClients.Http.Documents;
using SmartClients.Http.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names from DNS and from service discovery, for the clients of <c>AddSmartClient</c>.</summary>
public static class DiscoveryServiceCollectionExtensions
{
    /// <summary>Opens <c>dns:host:port</c> and <c>srv:_service._tcp.host</c>, and looks in DNS for the certificates of <c>service://</c> names
    /// that have a dot in them.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="options">How DNS is asked; the defaults when left out.</param>
    public static IServiceCollection AddSmartClientDns(this IServiceCollection services, DnsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSmartClientNames(names => names.AddForms(table => table.WithDns(options)));
        // After all else, when it is known which addresses are allowed.
        return services.PostConfigure<SmartClientNamesOptions>(names => names.Finders.Add(new DnsFinder(new WebFinder(rules: names.Addresses), options)));
    }

    /// <summary>Opens <c>discovery:NAME</c>: what the providers of <c>AddServiceDiscovery</c> know as <c>http://NAME</c>.</summary>
    /// <param name="services">The program's services, to which service discovery is added as well; none is added to the client itself.</param>
    public static IServiceCollection AddSmartClientServiceDiscovery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SmartClientNamesOptions>().Configure<IServiceProvider>(static (names, provider) =>
            names.AddForms(table => table.WithServiceDiscovery(provider.GetService<ServiceEndpointResolver>()
                ?? throw new InvalidOperationException("There is no service discovery for discovery: names: call services.AddServiceDiscovery() as well."))));
        return services;
    }
}
