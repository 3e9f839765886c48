using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Profiles;

/// <summary>Replicas are replaced, some at a time: they leave the group, finish what they can, are gone for a while, and come back cold.</summary>
public sealed record RollingDeploy : Profile
{
    /// <summary>Between one batch and the next, in seconds.</summary>
    public double EveryS { get; init; } = 5;

    /// <summary>Replicas to a batch.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How long before its end a replica is taken out of the group, in seconds; 0: nobody is told anything.</summary>
    public double DrainS { get; init; } = 2;

    /// <summary>How long it is gone, in seconds.</summary>
    public double DownS { get; init; } = 3;

    /// <summary>Its speed when it comes back, in parts of the full.</summary>
    public double Factor { get; init; } = 0.2;

    /// <summary>How long it takes to get to full speed, in seconds.</summary>
    public double WarmUpS { get; init; } = 10;

    internal override void Begin(World world, int number)
    {
        var at = FromS;
        foreach (var batch in Concerned(world).Chunk(AtOnce))
        {
            if (at >= UntilS) return;
            if (DrainS > 0) world.At(at, () => world.Leave(batch));
            foreach (var server in batch) Restart(world, server, at + DrainS);
            if (DrainS > 0) world.At(at + DrainS + DownS, () => world.Join(batch));
            at += EveryS;
        }
    }

    void Restart(World world, Server server, double at)
    {
        var (which, trouble) = (server.AddFactor(), server.Health.AddTrouble());
        world.At(at, () =>
        {
            server.Health.Turn(trouble, 1, FailureWay.Refuse, 0);
            server.Crash();
        });
        world.At(at + DownS, () => server.Health.Recover(trouble));
        WarmUp.Grow(world, server, which, at + DownS, Factor, WarmUpS);
    }

    internal static RollingDeploy ReadMore(Fields fields) => new()
    {
        EveryS = fields.Number("every_s", 5, 0.001, 1e5),
        AtOnce = (int)fields.Whole("at_once", 1, 1, 10_000),
        DrainS = fields.Number("drain_s", 2, 0, 1e5),
        DownS = fields.Number("down_s", 3, 0.001, 1e5),
        Factor = fields.Number("factor", 0.2, 0.001, 1),
        WarmUpS = fields.Number("warm_up_s", 10, 0.001, 1e5),
    };
}
