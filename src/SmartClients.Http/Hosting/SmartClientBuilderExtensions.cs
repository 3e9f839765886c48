using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartClients.Http;
using SmartClients.Http.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Smart clients for <c>IHttpClientFactory</c>.</summary>
public static class SmartClientBuilderExtensions
{
    /// <summary>
    /// Sends this client's requests through the director of a service: <c>services.AddHttpClient&lt;Quotes&gt;().AddSmartClient("quotes")</c>.
    /// It stands in for service discovery and resilience handlers together; add neither beside it.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="service">The service's name. Options are read from the configuration section <c>SmartClients:NAME</c>, where there is one.</param>
    /// <param name="configure">Options in code; they win over the configuration.</param>
    /// <remarks>The client's base address becomes <c>service://NAME/</c> unless it has one. Addresses of other hosts are refused with
    /// <see cref="InvalidOperationException"/>: what is meant for them, credentials included, must not reach the replicas. The director
    /// itself is reached through <see cref="SmartClientDirectors"/>.</remarks>
    public static IHttpClientBuilder AddSmartClient(this IHttpClientBuilder builder, string service, Action<SmartClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(service);
        var services = builder.Services;
        services.TryAddSingleton(provider => new SmartClientDirectors(
            provider.GetRequiredService<IOptionsMonitor<SmartClientOptions>>(),
            provider.GetServices<Registration>(),
            provider.GetRequiredService<IHttpMessageHandlerFactory>(),
            provider.GetRequiredService<SmartClientNames>()));
        services.AddOptions();
        services.TryAddSingleton(provider => new SmartClientNames(
            NamesOptions(provider), provider.GetService<ILoggerFactory>()?.CreateLogger("SmartClients.Names") ?? NullLogger.Instance));
        services.AddSingleton(new Registration(builder.Name, service));
        // First in the list, so that it sees what the platform's own filter has added.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(provider =>
            new QuietLogging(builder.Name, provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance)));
        services.AddSingleton<IConfigureOptions<SmartClientOptions>>(provider => new FromConfiguration(builder.Name, service, provider.GetService<IConfiguration>()));
        services.AddSingleton<IOptionsChangeTokenSource<SmartClientOptions>>(provider =>
            new ConfigurationChangeTokenSource<SmartClientOptions>(builder.Name, FromConfiguration.Section(service, provider.GetService<IConfiguration>())));
        if (configure is not null) services.Configure<SmartClientOptions>(builder.Name, options => InCode(options, configure));
        // First in the list: whatever handler the program configures, before or after, wins.
        services.Configure<HttpClientFactoryOptions>(builder.Name, o => o.HttpMessageHandlerBuilderActions.Insert(0, DefaultPrimaryHandler.Prepare));
        builder.ConfigureHttpClient((provider, client) =>
        {
            // Wrong options are told here, where they are looked at for each client; the handlers of a client are never made anew once
            // their making has failed.
            _ = provider.GetRequiredService<SmartClientDirectors>().Get(builder.Name);
            client.BaseAddress ??= new Uri($"service://{service}/");
        });
        return builder.AddHttpMessageHandler(provider => Handler(provider.GetRequiredService<SmartClientDirectors>(), builder.Name, service));
    }

    // What code sets wins over the configuration, as everywhere.
    static SmartClientNamesOptions NamesOptions(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SmartClientNamesOptions>>().Value;
        var configured = provider.GetService<IConfiguration>()?.GetSection("SmartClients");
        options.Directories ??= configured?["Directories"];
        options.StateFolder ??= configured?["StateFolder"];
        return options;
    }

    static SmartHandler Handler(SmartClientDirectors directors, string client, string service)
    {
        SmartClientDirector? found = null;
        return new SmartHandler(() => Found().Current, () => Found().Handling, service);

        SmartClientDirector Found() => found ??= directors.Get(client);
    }

    // Members given in code win over a name that was configured.
    static void InCode(SmartClientOptions options, Action<SmartClientOptions> configure)
    {
        var (name, members) = (options.Name, options.Members.ToArray());
        configure(options);
        if (options.Name == name && !options.Members.SequenceEqual(members)) options.Name = null;
    }
}
