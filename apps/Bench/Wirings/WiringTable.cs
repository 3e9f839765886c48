using System.Globalization;
using SmartClients.Bench.Processes;
using SmartClients.Bench.Proxies;
using SmartClients.Picking;

namespace SmartClients.Bench.Wirings;

/// <summary>THE TABLE of wirings: every policy of the library, and the peers. A peer that is not there is left out, and it is said why.</summary>
/// <param name="own">The program that has the roles of this library.</param>
/// <param name="peers">The program that has the peers which the command does not ship, where it is built.</param>
/// <param name="installed">Where a program is installed, if it is.</param>
internal sealed class WiringTable(ChildProgram own, ChildProgram? peers, Func<string, string?> installed)
{
    const string PeersMissing = "it is of the repository's benchmarks, which are not built beside this program: dotnet build bench/SmartClients.Benchmarks -c Release";

    /// <summary>What is compared unless somebody says otherwise.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["adaptive", "round-robin", "p2c", "discovery", "yarp", "nginx", "haproxy"];

    /// <summary>Everything that is not a policy.</summary>
    public static IReadOnlyList<string> Peers { get; } = ["discovery", "discovery+resilience", "discovery+hedging", "yarp", "nginx", "nginx-least", "haproxy", "haproxy-least"];

    public static IEnumerable<string> Names => Policies.Names.Concat(Peers);

    /// <summary>A wiring, or why it cannot be had.</summary>
    public (Wiring? Wiring, string? Missing) Find(string name) => name switch
    {
        "discovery" or "discovery+resilience" or "discovery+hedging" => peers is null ? (null, PeersMissing) : (new Wiring(name, peers, name), null),
        "yarp" => peers is null ? (null, PeersMissing) : (Behind(name, (settings, time) => new Child(peers, name, time, Yarp(settings))), null),
        "nginx" or "nginx-least" => OfDebian(name, "nginx", "nginx-light"),
        "haproxy" or "haproxy-least" => OfDebian(name, "haproxy", "haproxy"),
        _ => (new Wiring(name, own, name), null),
    };

    (Wiring? Wiring, string? Missing) OfDebian(string name, string program, string package)
    {
        if (installed(program) is null) return (null, $"{program} is not installed: apt-get install {package}");
        return (Behind(name, (settings, time) => new Child(own, name, time, ["bench-proxy", name, .. settings.Words]) { EndsItself = true }), null);
    }

    Wiring Behind(string name, Func<ProxySettings, TimeProvider, Child> proxy) => new(name, own, OwnClients.Plain) { Proxy = proxy };

    static IEnumerable<string> Yarp(ProxySettings settings) =>
    [
        "yarp", "--ports", string.Join(',', settings.Ports), "--seconds", (settings.TimeoutMs / 1000).ToString(CultureInfo.InvariantCulture),
        .. settings.Checks ? (string[])[] : ["--no-checks"],
    ];
}
