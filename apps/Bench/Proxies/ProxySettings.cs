using System.Globalization;

namespace SmartClients.Bench.Proxies;

/// <summary>What a proxy is told.</summary>
/// <param name="Ports">Of the replicas, on the loopback interface.</param>
/// <param name="TimeoutMs">How long it waits for a replica.</param>
/// <param name="Retries">Whether it asks another one when that fails.</param>
/// <param name="Checks">Whether it takes replicas out that fail.</param>
public sealed record ProxySettings(IReadOnlyList<int> Ports, double TimeoutMs, bool Retries, bool Checks)
{
    /// <summary>To whoever has the fewest requests from this proxy, instead of in turn.</summary>
    public bool Least { get; init; }

    /// <summary>How often it asks whether a replica lives, where it does.</summary>
    public double CheckEveryMs { get; init; } = 1000;

    /// <summary>So many checks that fail take a replica out.</summary>
    public int Falls { get; init; } = 2;

    internal IEnumerable<string> Words =>
    [
        "--ports", string.Join(',', Ports), "--timeout-ms", TimeoutMs.ToString("0", CultureInfo.InvariantCulture),
        .. Retries ? (string[])["--retries"] : [], .. Checks ? (string[])["--checks"] : [],
    ];
}
