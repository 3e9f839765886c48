using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Profiles;

/// <summary>Replicas that begin slowly (cold caches, code not yet compiled) and grow evenly to their full speed.</summary>
public sealed record WarmUp : Profile
{
    const int Steps = 20;

    /// <summary>Their speed at first, in parts of the full.</summary>
    public double Factor { get; init; } = 0.2;

    /// <summary>How long it takes, in seconds.</summary>
    public double OverS { get; init; } = 10;

    internal override void Begin(World world, int number)
    {
        foreach (var server in Concerned(world)) Grow(world, server, server.AddFactor(), FromS, Factor, OverS);
    }

    internal static void Grow(World world, Server server, int which, double from, double factor, double over)
    {
        for (var step = 0; step <= Steps; step++)
        {
            var now = factor + (1 - factor) * step / Steps;
            world.At(from + over * step / Steps, () => server.Slow(which, now));
        }
    }

    internal static WarmUp ReadMore(Fields fields) => new() { Factor = fields.Number("factor", 0.2, 0.001, 1), OverS = fields.Number("over_s", 10, 0.001, 1e5) };
}
