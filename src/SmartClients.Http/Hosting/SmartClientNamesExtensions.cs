using SmartClients.Http.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How a program resolves names.</summary>
public static class SmartClientNamesExtensions
{
    /// <summary>Says where certificates are found and state is kept, and adds forms that other packages open:
    /// <c>services.AddSmartClientNames(o =&gt; o.AddForms(names =&gt; names.WithKubernetes()))</c>.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">May be called several times; each call sees what the ones before it set.</param>
    public static IServiceCollection AddSmartClientNames(this IServiceCollection services, Action<SmartClientNamesOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.Configure(configure);
    }
}
