using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartClients.AspNetCore;

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
}
