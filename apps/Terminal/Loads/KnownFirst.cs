using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Terminals.Loads;

/// <summary>
/// Leaves the choice to another policy among those that told their load when they were asked; where there is none, among those that
/// once did; and only then among the rest. Somebody who cannot say how loaded he is, though all were asked, may be too loaded to say it,
/// and a session stays for hours.
/// </summary>
/// <param name="among">Picks.</param>
internal sealed class KnownFirst(Policy among) : Policy
{
    /// <summary>All are asked when one is about to be picked: who told it before that did not answer now.</summary>
    static readonly double Fresh = TimeSpan.FromSeconds(30).TotalNanoseconds;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        var known = int.MaxValue;
        foreach (var replica in context.Candidates) known = Math.Min(known, Silence(replica, context.Now));
        var now = context.Now;
        // A pick comes before a connection, whose cost is another.
        Replica[] best = [.. context.Candidates.ToArray().Where(replica => Silence(replica, now) == known)];
        if (best.Length == context.Candidates.Length) return among.Pick(context);
        return best is [var only] ? only : among.Pick(context.Among(best, 0));
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) =>
        Silence(replica, context.Now) == 0 ? among.Score(replica, context) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override void Changed(in Roster roster) => among.Changed(roster);

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now) => among.Observe(replica, outcome, took, now);

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence) => among.Reported(replica, evidence);

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom) => among.Probe(context, whom);

    static int Silence(Replica replica, long now) => replica.Vitals.Evidence is not { } evidence ? 2 : now - evidence.ReceivedAt > Fresh ? 1 : 0;
}
