using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// How a director picks: the second of the two extension points. A policy is a quick synchronous choice over a list; it is given
/// time and chance, allocates nothing, takes no lock, and is called from many threads at once.
/// </summary>
/// <remarks>To add one: a file here, a line in <see cref="Policies"/>. That enrols it everywhere.</remarks>
public abstract class Policy
{
    /// <summary>One of the candidates. There is at least one.</summary>
    public abstract Replica Pick(in PickContext context);

    /// <summary>How the policy rates a candidate now, for the record of why it was picked; lower is better.</summary>
    /// <value>The default is <see cref="double.NaN"/>: the policy rates nobody.</value>
    public virtual double Score(Replica replica, in PickContext context) => double.NaN;
}
