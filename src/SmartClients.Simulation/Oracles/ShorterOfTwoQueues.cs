using SmartClients.Membership;
using SmartClients.Picking;

namespace SmartClients.Simulation.Oracles;

/// <summary>The supermarket model: the shorter of two true queues.</summary>
internal sealed class ShorterOfTwoQueues(World world) : Policy
{
    readonly Cost length = (replica, in _) => world.Queue(replica).Requests;

    public override Replica Pick(in PickContext context) => context.BetterOfTwo(length);

    public override double Score(Replica replica, in PickContext context) => length(replica, context);
}
