using SmartClients.Membership;
using SmartClients.Picking;

namespace SmartClients.Simulation.Oracles;

/// <summary>Join the shortest queue, ties broken at random.</summary>
internal sealed class ShortestQueue(World world) : Policy
{
    public override Replica Pick(in PickContext context)
    {
        var best = context.Candidates[0];
        var least = int.MaxValue;
        var ties = 0;
        foreach (var replica in context.Candidates)
        {
            var length = world.ServerOf(replica).Assigned;
            if (length > least) continue;
            if (length < least) (ties, least) = (0, length);
            if (++ties == 1 || context.Random.Next(ties) == 0) best = replica;
        }
        return best;
    }

    public override double Score(Replica replica, in PickContext context) => world.ServerOf(replica).Assigned;
}
