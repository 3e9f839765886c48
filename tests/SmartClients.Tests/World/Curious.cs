using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Tests.World;

/// <summary>A policy that wants the first replicas probed, picks the one that last said it has least in flight, and notes all it is told.</summary>
internal sealed class Curious(int asks = 2, int awaits = 0) : Policy
{
    public List<(string[] Candidates, int Version, string? Zone)> Rosters { get; } = [];

    public List<(Replica Replica, OutcomeKind Kind, double Milliseconds)> Ended { get; } = [];

    public List<(Replica Replica, Evidence Evidence)> Reports { get; } = [];

    public List<(int Candidates, int Version)> Picks { get; } = [];

    public int Wishes { get; private set; }

    public override Replica Pick(in PickContext context)
    {
        Picks.Add((context.Candidates.Length, context.Version));
        var best = context.Candidates[0];
        foreach (var replica in context.Candidates)
            if (Load(replica) < Load(best)) best = replica;
        return best;
    }

    static double Load(Replica replica) => replica.Vitals.Evidence?.Report.RequestsInFlight ?? 1000;

    public override void Changed(in Roster roster) =>
        Rosters.Add(([.. roster.Candidates.ToArray().Select(r => r.Endpoint.Address)], roster.Version, roster.Zone));

    public override void Observe(Replica replica, in Outcome outcome, long took, long now) => Ended.Add((replica, outcome.Kind, took / 1e6));

    public override void Reported(Replica replica, Evidence evidence) => Reports.Add((replica, evidence));

    public override ProbeWish Probe(in PickContext context, Span<Replica> whom)
    {
        Wishes++;
        var count = Math.Min(asks, context.Candidates.Length);
        context.Candidates[..count].CopyTo(whom);
        return new ProbeWish(count, awaits);
    }
}
