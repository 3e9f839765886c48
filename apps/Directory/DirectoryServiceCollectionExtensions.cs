using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartClients.Directories;
using SmartClients.Directories.Pages;
using SmartClients.Directories.Peers;
using SmartClients.Directories.Serving;
using SmartClients.Directories.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A directory's services.</summary>
public static class DirectoryServiceCollectionExtensions
{
    /// <summary>Adds a directory: its store, its limits, and the pulling from its peers. The application goes on with <c>app.UseDirectory()</c>.</summary>
    /// <param name="services">The application's services; a <see cref="TimeProvider"/> among them is the directory's clock.</param>
    /// <param name="options">Every knob.</param>
    /// <exception cref="FormatException">An option is wrong; the message names it.</exception>
    public static IServiceCollection AddDirectory(this IServiceCollection services, DirectoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton(_ => new CertificateStore(options.Data, options.MostServices));
        services.AddSingleton<CertificateEndpoints>();
        services.AddSingleton<ListingEndpoints>();
        services.AddSingleton<PageEndpoints>();
        services.AddHostedService<PeerPull>();
        services.AddCors();
        services.AddRateLimiter(limiter => Limits.OnRequests(limiter, options));
        services.Configure<KestrelServerOptions>(Limits.OnConnections);
        Extensions.ServiceCollectionDescriptorExtensions.TryAddSingleton(services, TimeProvider.System);
        return services;
    }
}
