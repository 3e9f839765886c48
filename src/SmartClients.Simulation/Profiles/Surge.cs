using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Profiles;

/// <summary>A flash crowd: so many times the usual requests, for a while, after a short rise.</summary>
public sealed record Surge : Profile
{
    const int Steps = 10;

    /// <summary>Times the usual rate.</summary>
    public required double Factor { get; init; }

    /// <summary>How long the rise takes, and the fall, in seconds.</summary>
    public double RiseS { get; init; } = 1;

    internal override void Begin(World world, int number)
    {
        var which = world.Arrivals.AddFactor();
        for (var step = 1; step <= Steps; step++)
        {
            var (up, down) = (1 + (Factor - 1) * step / Steps, Factor + (1 - Factor) * step / Steps);
            world.At(FromS + RiseS * step / Steps, () => world.Arrivals.Scale(which, up));
            if (UntilS is { } until) world.At(until + RiseS * step / Steps, () => world.Arrivals.Scale(which, down));
        }
    }

    internal static Surge ReadMore(Fields fields) => new()
    {
        Factor = fields.Number("factor", 0.01, 100) ?? throw fields.Missing("factor"),
        RiseS = fields.Number("rise_s", 1, 0, 1e5),
    };
}
