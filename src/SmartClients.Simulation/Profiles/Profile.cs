using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Profiles;

/// <summary>Something that happens to a world: any number of them, one upon the other, make a scenario's day.</summary>
public abstract record Profile
{
    const double LongestDay = 1e6;

    /// <summary>Whom it concerns: <c>all</c>, <c>3</c>, <c>0-49</c>, <c>zone:b</c>, or several with commas between.</summary>
    public string Replicas { get; init; } = "all";

    /// <summary>When it begins, in seconds from the start of the run, the warm-up included.</summary>
    public double FromS { get; init; }

    /// <summary>When it ends; never where left out.</summary>
    public double? UntilS { get; init; }

    /// <summary>Whether requests may wait for ever because of it, unless they have a deadline.</summary>
    internal virtual bool NeedsDeadline => false;

    /// <summary>Enters what is to come into the world's calendar.</summary>
    /// <param name="world">The world.</param>
    /// <param name="number">Which of the scenario's profiles it is: each has chance of its own.</param>
    internal abstract void Begin(World world, int number);

    internal IEnumerable<Server> Concerned(World world) => Describing.Replicas.Of(Replicas, world.Servers);

    internal static Profile Read(Fields fields)
    {
        var kind = fields.Choice<ProfileKind>("kind", null);
        var replicas = fields.Text("replicas", 1000) ?? "all";
        if (!Describing.Replicas.IsGood(replicas)) throw fields.Wrong($"replicas is \"{replicas}\": write all, 3, 0-49, zone:b, or several with commas between.");
        Profile profile = kind switch
        {
            ProfileKind.Slow => SlowWithin.ReadMore(fields),
            ProfileKind.Fail => FailWithin.ReadMore(fields),
            ProfileKind.WarmUp => WarmUp.ReadMore(fields),
            ProfileKind.Antagonists => Antagonists.ReadMore(fields),
            ProfileKind.Deploy => RollingDeploy.ReadMore(fields),
            ProfileKind.Partition => Partition.ReadMore(fields),
            ProfileKind.Surge => Surge.ReadMore(fields),
            _ => Hiccups.ReadMore(fields),
        };
        profile = profile with { Replicas = replicas, FromS = fields.Number("from_s", 0, 0, LongestDay), UntilS = fields.Number("until_s", 0, LongestDay) };
        fields.NoMore();
        return profile.UntilS <= profile.FromS ? throw fields.Wrong("until_s must be after from_s.") : profile;
    }
}
