using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>The candidate of least cost, ties broken at random. Looks at every candidate, so it knows best and costs most.</summary>
/// <param name="cost">How loaded a replica is.</param>
public sealed class LowestCost(Cost cost) : Policy
{
    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        var best = context.Candidates[0];
        var least = double.PositiveInfinity;
        var ties = 0;
        foreach (var replica in context.Candidates)
        {
            var its = cost(replica, context);
            if (its > least) continue;
            // Among k equals the k-th replaces the one held with chance 1/k: each is as likely in the end.
            if (its < least) ties = 0;
            if (++ties == 1 || context.Random.Next(ties) == 0) best = replica;
            least = its;
        }
        return best;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => cost(replica, context);
}
