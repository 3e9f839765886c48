using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Profiles;

/// <summary>Some attempts take much longer, for no reason of their own and whatever the load (a pause of a collector, a lost packet): another
/// attempt at the same request would most likely not.</summary>
public sealed record Hiccups : Profile
{
    /// <summary>The share of attempts.</summary>
    public required double Share { get; init; }

    /// <summary>How much longer they take on average, in milliseconds; exponential.</summary>
    public required double MeanMs { get; init; }

    internal override void Begin(World world, int number)
    {
        foreach (var server in Concerned(world))
        {
            var which = server.Health.AddPause();
            world.At(FromS, () => server.Health.Pause(which, Share, World.Nanoseconds(MeanMs)));
            if (UntilS is { } until) world.At(until, () => server.Health.Pause(which, 0, 0));
        }
    }

    internal static Hiccups ReadMore(Fields fields) => new()
    {
        Share = fields.Number("share", 0, 1) ?? throw fields.Missing("share"),
        MeanMs = fields.Number("mean_ms", 0.001, 1e6) ?? throw fields.Missing("mean_ms"),
    };
}
