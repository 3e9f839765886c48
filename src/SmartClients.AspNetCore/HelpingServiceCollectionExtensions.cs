using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.AspNetCore;
using SmartClients.Http.Etcd;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>For servers that help their smart clients.</summary>
public static class HelpingServiceCollectionExtensions
{
    /// <summary>Watches the load, so that <c>UseLoadReports</c> and <c>MapLoadReports</c> can tell it.</summary>
    public static IServiceCollection AddLoadReports(this IServiceCollection services, Action<LoadReportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LoadReportOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceState>();
        services.TryAddSingleton<LoadState>();
        services.TryAddSingleton<LoadEndpoint>();
        return services;
    }

    /// <summary>Has the application, when it is told to stop, first tell its clients to leave, and go on serving meanwhile.</summary>
    public static IServiceCollection AddDrain(this IServiceCollection services, Action<DrainOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<DrainOptions>().Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceState>();
        services.TryAddSingleton<DrainActivity>();
        services.AddHostedService<Drain>();
        return services;
    }

    /// <summary>Has the server register itself among the members of a service once it listens, under a lease that it keeps alive, and
    /// take itself out when it is leaving, before it stops. An etcd that cannot be reached stops nothing: it is tried again.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Where: <c>etcd:SERVICE@host:port,host:port</c>. Several calls register the server in several places.</param>
    /// <param name="configure">As what; the address that the server listens on when left out.</param>
    /// <exception cref="FormatException">The name cannot be read.</exception>
    public static IServiceCollection AddRegistration(this IServiceCollection services, string name, Action<RegistrationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        _ = EtcdRegistration.CheckName(name);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceState>();
        // Not by AddHostedService, which would take a second registration for a repetition of the first.
        services.AddSingleton<IHostedService>(provider =>
        {
            var options = new RegistrationOptions();
            configure?.Invoke(options);
            return new Registrar(
                name, options, provider.GetRequiredService<IServer>(), provider.GetRequiredService<ServiceState>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Registrar>>());
        });
        return services;
    }
}
