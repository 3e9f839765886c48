using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// How a director picks: the second of the two extension points. A policy is a quick synchronous choice over a list; it is given
/// time and chance, allocates nothing, takes no lock, and is called from many threads at once.
/// </summary>
/// <remarks>
/// To add one: a file here, a line in <see cref="Policies"/>. That enrols it everywhere. <see cref="Pick"/> is all that a policy needs;
/// the others are for policies that learn, compute tables beforehand, or probe. What is learnt of a replica is best kept with
/// <see cref="Replica.Kept"/>. None of them throws.
/// </remarks>
public abstract class Policy
{
    /// <summary>One of the candidates. There is at least one.</summary>
    public abstract Replica Pick(in PickContext context);

    /// <summary>How the policy rates a candidate now, for the record of why it was picked; lower is better.</summary>
    /// <value>The default is <see cref="double.NaN"/>: the policy rates nobody.</value>
    public virtual double Score(Replica replica, in PickContext context) => double.NaN;

    /// <summary>Others may be picked from now on: the place to compute a table, since no pick waits for it. Called by one thread at a time,
    /// before the first pick from this list; picks from the last one may still be under way. May allocate.</summary>
    public virtual void Changed(in Roster roster)
    {
    }

    /// <summary>An attempt ended. Called from many threads at once, after <see cref="Replica.Vitals"/> have learnt from it.</summary>
    /// <param name="replica">Where.</param>
    /// <param name="outcome">How.</param>
    /// <param name="took">How long it took, in nanoseconds; for one that was given up, how long until then.</param>
    /// <param name="now">Nanoseconds of the director's clock.</param>
    public virtual void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
    }

    /// <summary>A replica told its load, whichever way. Called from many threads at once.</summary>
    public virtual void Reported(Replica replica, Evidence evidence)
    {
    }

    /// <summary>Whom to ask for their load now: asked before the first pick of each request, where the director probes
    /// (<see cref="Director.ProbeLoad"/>). The answers come to <see cref="Reported"/> as <see cref="ReportSource.Probed"/>.</summary>
    /// <param name="context">As for the pick that follows.</param>
    /// <param name="whom">Takes the replicas to ask; <see cref="ProbeWish.Most"/> long. One whose answer is still awaited is not asked again.</param>
    /// <returns>How many were put there, and how many answers the pick shall wait for.</returns>
    public virtual ProbeWish Probe(in PickContext context, Span<Replica> whom) => default;
}
