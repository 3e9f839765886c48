using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// The better of two different candidates drawn at random (Mitzenmacher; Azar et al.): nearly as good as looking at all of them,
/// at a cost that does not grow, and without a herd when what is known is old.
/// </summary>
/// <param name="cost">How loaded a replica is.</param>
public sealed class PowerOfTwo(Cost cost) : Policy
{
    /// <inheritdoc/>
    public override Replica Pick(in PickContext context) => context.BetterOfTwo(cost);

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => cost(replica, context);
}
