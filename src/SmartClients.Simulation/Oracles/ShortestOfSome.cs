using SmartClients.Membership;
using SmartClients.Picking;

namespace SmartClients.Simulation.Oracles;

/// <summary>The supermarket model: the shortest of so many true queues, drawn at random, none of them twice.</summary>
internal sealed class ShortestOfSome(World world, int some) : Policy
{
    readonly int[] drawn = new int[some];

    public override Replica Pick(in PickContext context)
    {
        var best = context.Candidates[0];
        var least = int.MaxValue;
        for (var i = 0; i < Math.Min(some, context.Candidates.Length);)
        {
            var at = context.Random.Next(context.Candidates.Length);
            if (drawn.AsSpan(0, i).Contains(at)) continue;
            drawn[i++] = at;
            var length = world.ServerOf(context.Candidates[at]).Assigned;
            if (length >= least) continue;
            (best, least) = (context.Candidates[at], length);
        }
        return best;
    }

    public override double Score(Replica replica, in PickContext context) => world.ServerOf(replica).Assigned;
}
