using System.Globalization;

namespace SmartClients.Bench.Proxies;

/// <summary>HAProxy before the replicas, with health checks and another replica asked where that is allowed.</summary>
public static class HaproxyConfiguration
{
    /// <summary>Writes it out.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="port">Where it listens.</param>
    public static string Text(ProxySettings settings, int port)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var check = settings.Checks ? string.Create(CultureInfo.InvariantCulture, $"check inter {settings.CheckEveryMs:0}ms fall {settings.Falls} rise 2") : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            defaults
              mode http
              timeout client 300s
              timeout connect {settings.TimeoutMs:0}ms
              timeout server {settings.TimeoutMs:0}ms
              timeout check 1s
              retries {(settings.Retries ? 3 : 0)}
            {(settings.Retries ? "  option redispatch 1\n  retry-on all-retryable-errors\n" : "")}listen quotes
              bind 127.0.0.1:{port}
              balance {(settings.Least ? "leastconn" : "roundrobin")}
              option httpchk GET /
            {string.Join('\n', settings.Ports.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"  server s{i} 127.0.0.1:{p} {check}")))}

            """);
    }
}
