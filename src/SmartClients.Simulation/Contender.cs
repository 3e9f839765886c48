using SmartClients.Picking;
using SmartClients.Sending;
using SmartClients.Simulation.Oracles;

namespace SmartClients.Simulation;

/// <summary>Who is compared: a policy, made anew for each client of a run, and whatever else its clients do differently.</summary>
/// <param name="Name">What the score is listed under.</param>
/// <param name="Policy">Makes one client's policy, for a world.</param>
public sealed record Contender(string Name, Func<World, Policy> Policy)
{
    /// <summary>Changes to what the scenario says of the clients' directors.</summary>
    /// <value>The default changes nothing.</value>
    public Func<DirectorOptions, DirectorOptions> Options { get; init; } = static same => same;

    /// <summary>How much its policy may probe, where the scenario's replicas answer probes.</summary>
    /// <value>The default is <see langword="null"/>: the library's own defaults.</value>
    public ProbeOptions? Probes { get; init; }

    /// <summary>Sees all queues, and sends to the shortest: the yardstick. No client could.</summary>
    public static Contender Jsq { get; } = new("jsq", static world => new ShortestQueue(world));

    /// <summary>Sees the true queues of two replicas drawn at random, and sends to the shorter.</summary>
    public static Contender TrueP2c { get; } = new("p2c-true", static world => new ShortestOfSome(world, 2));

    /// <summary>Sees all queues and speeds, and sends where one more request adds the most to what is done.</summary>
    public static Contender Gmsr { get; } = new("gmsr", static world => new GreatestMarginalRate(world));

    /// <summary>A policy of the library's table, or an oracle: <c>jsq</c>, <c>p2c-true</c>, <c>gmsr</c>.</summary>
    /// <exception cref="ArgumentException">No such name; the message lists all.</exception>
    public static Contender Named(string name) => name switch
    {
        "jsq" => Jsq,
        "p2c-true" => TrueP2c,
        "gmsr" => Gmsr,
        _ => Listed(name),
    };

    static Contender Listed(string name)
    {
        // A wrong name is told at once, not when a run begins.
        _ = Policies.Find(name);
        return Of(name, () => Policies.Find(name));
    }

    /// <summary>A policy of one's own.</summary>
    public static Contender Of(string name, Func<Policy> policy) => new(name, _ => policy());
}
