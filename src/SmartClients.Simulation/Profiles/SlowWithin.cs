using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Profiles;

/// <summary>Replicas that work at a part of their speed for a while: a grey failure, a throttled machine.</summary>
public sealed record SlowWithin : Profile
{
    /// <summary>In parts of their speed; 0 is frozen.</summary>
    public required double Factor { get; init; }

    /// <summary>Whether cores are slower, or fewer.</summary>
    public Taking Takes { get; init; } = Taking.Speed;

    internal override bool NeedsDeadline => Factor == 0 && UntilS is null;

    internal override void Begin(World world, int number)
    {
        foreach (var server in Concerned(world))
        {
            var which = server.AddFactor(Takes);
            world.At(FromS, () => server.Slow(which, Factor));
            if (UntilS is { } until) world.At(until, () => server.Slow(which, 1));
        }
    }

    internal static SlowWithin ReadMore(Fields fields) => new()
    {
        Factor = fields.Number("factor", 0, 10) ?? throw fields.Missing("factor"),
        Takes = fields.Choice<Taking>("takes", Taking.Speed),
    };
}
