using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Profiles;

/// <summary>The network between some clients and some replicas loses everything for a while.</summary>
public sealed record Partition : Profile
{
    /// <summary>The share of the clients that are cut off, the first in order.</summary>
    public double Clients { get; init; } = 1;

    internal override bool NeedsDeadline => true;

    internal override void Begin(World world, int number)
    {
        var servers = new bool[world.Servers.Count];
        foreach (var server in Concerned(world)) servers[server.Index] = true;
        var most = (int)Math.Ceiling(Clients * world.Scenario.Clients.Count);
        Func<int, int, bool> cut = (client, server) => client < most && servers[server];
        world.At(FromS, () => world.Cuts.Add(cut));
        if (UntilS is { } until) world.At(until, () => world.Cuts.Remove(cut));
    }

    internal static Partition ReadMore(Fields fields) => new() { Clients = fields.Number("clients", 1, 0, 1) };
}
