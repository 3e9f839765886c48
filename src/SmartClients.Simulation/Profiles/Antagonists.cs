using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Laws;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Profiles;

/// <summary>Other work on the same machines, which takes a part of their capacity in bursts, on each machine at its own times.</summary>
public sealed record Antagonists : Profile
{
    /// <summary>What is left during a burst, in parts of the whole.</summary>
    public required double Factor { get; init; }

    /// <summary>How long each burst lasts, in seconds.</summary>
    public double BurstS { get; init; } = 1;

    /// <summary>The mean time between two bursts, in seconds; exponential.</summary>
    public double GapS { get; init; } = 9;

    /// <summary>Whether cores are slower, or fewer.</summary>
    public Taking Takes { get; init; } = Taking.Speed;

    internal override void Begin(World world, int number)
    {
        foreach (var server in Concerned(world)) new Burst(world, this, server, world.ChanceFor(number, server.Index)).Begin();
    }

    internal static Antagonists ReadMore(Fields fields) => new()
    {
        Factor = fields.Number("factor", 0, 1) ?? throw fields.Missing("factor"),
        Takes = fields.Choice<Taking>("takes", Taking.Speed),
        BurstS = fields.Number("burst_s", 1, 0.001, 1e5),
        GapS = fields.Number("gap_s", 9, 0.001, 1e5),
    };

    sealed class Burst(World world, Antagonists profile, Server server, Chance chance) : Appointment
    {
        readonly int which = server.AddFactor(profile.Takes);
        readonly Exponential law = new();
        bool running;

        public void Begin() => After(profile.FromS + Gap());

        public override void Happen()
        {
            running = !running;
            if (running && profile.UntilS is { } until && world.Seconds >= until) return;
            server.Slow(which, running ? profile.Factor : 1);
            After(running ? profile.BurstS : Gap());
        }

        double Gap() => law.Draw(chance) * profile.GapS;

        void After(double seconds) => world.Time.Set(this, world.Time.Now + World.Nanoseconds(seconds * 1000));
    }
}
