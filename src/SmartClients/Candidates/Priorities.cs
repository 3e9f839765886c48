using SmartClients.Membership;

namespace SmartClients.Candidates;

/// <summary>Who of those that would take requests does, by <see cref="Naming.Endpoint.Priority"/>: pure rules.</summary>
internal static class Priorities
{
    /// <summary>The ready are all of the lowest number that somebody has. While each of them is still warming up, those of the next
    /// number are ready as well: a first replica that has just come back must not get at once what a whole tier carried.</summary>
    public static (Replica[] Ready, Replica[][] Spare) Split(List<Replica> usable)
    {
        if (usable.TrueForAll(r => r.Endpoint.Priority == usable[0].Endpoint.Priority)) return ([.. usable], []);
        var tiers = usable.GroupBy(r => r.Endpoint.Priority).OrderBy(tier => tier.Key).Select(tier => tier.ToArray()).ToArray();
        var enough = Array.FindIndex(tiers, tier => Array.Exists(tier, r => r.Standing.State == ReplicaState.Up));
        var taken = enough < 0 ? tiers.Length : enough + 1;
        return ([.. tiers[..taken].SelectMany(tier => tier)], tiers[taken..]);
    }
}
