using System.Collections.Frozen;

namespace SmartClients.Picking;

/// <summary>THE TABLE of policies: name and constructor, one line each. A line here enrols the policy in the contract tests, the
/// command line and the benchmarks.</summary>
public static class Policies
{
    /// <summary>The policy of a director that names none: the least of requests in flight times latency lately, within a home of the
    /// client's own, where a failure costs latency, with the replicas' own reports as bounded modifiers.</summary>
    public const string Default = "adaptive";

    // Lambdas, not the methods themselves: a delegate to a static method goes through a stub that moves every argument, and is
    // never inlined.
    static readonly FrozenDictionary<string, Func<Policy>> Table = new Dictionary<string, Func<Policy>>
    {
        ["blended"] = static () => new PowerOfTwo(static (r, in c) => Costs.Blended(r, c)),
        ["peak-ewma"] = static () => new PowerOfTwo(static (r, in c) => Costs.PeakEwma(r, c)),
        ["p2c"] = static () => new PowerOfTwo(static (r, in c) => Costs.Outstanding(r, c)),
        ["least-outstanding"] = static () => new LowestCost(static (r, in c) => Costs.Outstanding(r, c)),
        ["least-loaded"] = static () => new LowestCost(static (r, in c) => Costs.Reported(r, c)),
        ["profile"] = static () => new Profile(),
        ["latency-random"] = static () => new LatencyBiasedRandom(),
        ["weighted-random"] = static () => new WeightedRandom(),
        ["random"] = static () => new UniformRandom(),
        ["round-robin"] = static () => new RoundRobin(),
        ["rendezvous"] = static () => new Rendezvous(),
        ["prequal"] = static () => new Prequal(),
        ["weighted-round-robin"] = static () => new WeightedRoundRobin(),
        ["c3"] = static () => new C3(),
        ["ring-hash"] = static () => new RingHash(),
        ["maglev"] = static () => new Maglev(),
        ["subset"] = static () => new Subset(new PowerOfTwo(static (r, in c) => Costs.Blended(r, c))),
        ["aperture"] = static () => new Aperture(static (r, in c) => Costs.Blended(r, c)),
        ["zone-aware"] = static () => new ZoneAware(static () => new PowerOfTwo(static (r, in c) => Costs.Blended(r, c))),
        ["join-idle"] = static () => new JoinIdle(new PowerOfTwo(static (r, in c) => Costs.Outstanding(r, c))),
        ["adaptive"] = static () => new Adaptive(),
        ["affinity"] = static () => new SiteAffinity(new PowerOfTwo(static (r, in c) => Costs.Blended(r, c))),
    }.ToFrozenDictionary();

    /// <summary>Every name, in alphabetical order.</summary>
    public static IEnumerable<string> Names => Table.Keys.Order(StringComparer.Ordinal);

    /// <summary>Makes the policy of a name.</summary>
    /// <exception cref="ArgumentException">No such name; the message lists all.</exception>
    public static Policy Find(string name) =>
        name is not null && Table.TryGetValue(name, out var make) ? make()
            : throw new ArgumentException($"There is no policy '{name}'. Policies: {string.Join(", ", Names)}.", nameof(name));
}
