using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SmartClients.Http.Hosting;

/// <summary>Reads a client's options from <c>SmartClients:NAME</c>, where the program has a configuration.</summary>
internal sealed class FromConfiguration(string client, string service, IConfiguration? configuration) : IConfigureNamedOptions<SmartClientOptions>
{
    public void Configure(string? name, SmartClientOptions options)
    {
        if (name == client) Section(service, configuration).Bind(options);
    }

    public void Configure(SmartClientOptions options) => Configure(Options.DefaultName, options);

    public static IConfiguration Section(string service, IConfiguration? configuration) =>
        configuration?.GetSection($"SmartClients:{service}") ?? new ConfigurationBuilder().Build().GetSection("none");
}
