using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SmartClients.Http.Hosting;

/// <summary>Reads a client's options from <c>SmartClients:NAME</c>, where the program has a configuration.</summary>
internal sealed class FromConfiguration(string client, string service, IConfiguration? configuration) : IConfigureNamedOptions<SmartClientOptions>
{
    public void Configure(string? name, SmartClientOptions options)
    {
        if (name != client) return;
        try
        {
            Section(service, configuration).Bind(options);
        }
        catch (InvalidOperationException error)
        {
            // Thrown here, it would break every reload, also of those that have good options to go on with.
            options.Trouble = error.Message;
        }
    }

    public void Configure(SmartClientOptions options) => Configure(Options.DefaultName, options);

    public static IConfiguration Section(string service, IConfiguration? configuration) =>
        configuration?.GetSection($"SmartClients:{service}") ?? new ConfigurationBuilder().Build().GetSection("none");
}
