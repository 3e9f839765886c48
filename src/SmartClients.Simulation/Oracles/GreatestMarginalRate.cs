using SmartClients.Membership;
using SmartClients.Picking;

namespace SmartClients.Simulation.Oracles;

/// <summary>Greatest marginal service rate (arXiv 2411.17103): where one more request adds the most to what the replica does. A core that
/// is free adds its speed; where none is, the request gets the most where its own part is largest.</summary>
internal sealed class GreatestMarginalRate(World world) : Policy
{
    public override Replica Pick(in PickContext context)
    {
        var best = context.Candidates[0];
        var (most, part) = (double.NegativeInfinity, 0.0);
        var ties = 0;
        foreach (var replica in context.Candidates)
        {
            var queue = world.Queue(replica);
            var adds = queue.Requests < queue.Cores ? queue.Speed : 0;
            var gets = queue.Speed * queue.Cores / (queue.Requests + 1);
            if (adds < most || adds == most && gets < part) continue;
            if (adds > most || gets > part) (ties, most, part) = (0, adds, gets);
            if (++ties == 1 || context.Random.Next(ties) == 0) best = replica;
        }
        return best;
    }
}
