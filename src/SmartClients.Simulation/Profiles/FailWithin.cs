using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Profiles;

/// <summary>Replicas that fail requests for a while: some or all of them, quickly, or by saying nothing.</summary>
public sealed record FailWithin : Profile
{
    /// <summary>The share of requests that fail.</summary>
    public double Share { get; init; } = 1;

    /// <summary>In which way.</summary>
    public FailureWay How { get; init; } = FailureWay.Error;

    /// <summary>How long an error takes to be made, in milliseconds.</summary>
    public double AfterMs { get; init; }

    internal override bool NeedsDeadline => How == FailureWay.Silence;

    internal override void Begin(World world, int number)
    {
        foreach (var server in Concerned(world))
        {
            var which = server.Health.AddTrouble();
            world.At(FromS, () =>
            {
                server.Health.Turn(which, Share, How, World.Nanoseconds(AfterMs));
                if (How == FailureWay.Refuse && Share >= 1) server.Crash();
            });
            if (UntilS is { } until) world.At(until, () => server.Health.Recover(which));
        }
    }

    internal static FailWithin ReadMore(Fields fields) => new()
    {
        Share = fields.Number("share", 1, 0, 1),
        How = fields.Choice<FailureWay>("how", FailureWay.Error),
        AfterMs = fields.Number("after_ms", 0, 0, 1e5),
    };
}
