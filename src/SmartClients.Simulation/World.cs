using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Simulation.Clients;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Laws;
using SmartClients.Simulation.Scoring;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation;

/// <summary>A scenario come to life: servers, clients and the messages between them, in virtual time and on one thread.</summary>
public sealed partial class World
{
    // Streams of chance: what one of them draws changes no other, so that every contender meets the same day.
    const int TrafficStream = 1;
    const int DirectorStream = 2;
    const int MishapStream = 3;
    const int FirstProfileStream = 16;
    const int MostServers = 1 << 24;

    readonly Dictionary<Endpoint, Server> byEndpoint = [];
    readonly Func<Endpoint, Server> find;
    readonly long seed;

    internal World(Scenario scenario, Contender contender, long seed)
    {
        (Scenario, this.seed) = (scenario, seed);
        find = endpoint => byEndpoint[endpoint];
        Servers = [.. MakeServers()];
        Mishaps = new Chance(seed, MishapStream);
        Tally = new Tally(Servers.Count, scenario);
        CountFrom = Time.Now + Nanoseconds(scenario.WarmUpS * 1000);
        var several = scenario.Clients.Retries || scenario.Clients.Hedging;
        Allowed = new RequestOptions { Repeatable = several, Hedge = scenario.Clients.Hedging, MaxAttempts = several ? null : 1 };
        Arrivals = new Arrivals(
            this, scenario.Load.Arrivals == ArrivalLaw.Regular ? new Constant() : new Exponential(), Drawn.Work(scenario.Work), scenario.PerSecond,
            scenario.Work.MeanMs * VirtualTime.Millisecond, new Chance(seed, TrafficStream));
        Clients = [.. MakeClients(contender, new Chance(seed, DirectorStream))];
        Census = new Census(Time, Servers, CountFrom);
        for (var i = 0; i < scenario.Profiles.Count; i++) scenario.Profiles[i].Begin(this, i);
    }

    /// <summary>What it was made from.</summary>
    public Scenario Scenario { get; }

    /// <summary>Seconds since the start, the warm-up included.</summary>
    public double Seconds => (Time.Now - VirtualTime.Start) / (double)VirtualTime.Second;

    internal VirtualTime Time { get; } = new();

    internal IReadOnlyList<Server> Servers { get; }

    internal IReadOnlyList<Client> Clients { get; }

    internal Arrivals Arrivals { get; }

    internal Tally Tally { get; }

    internal Census Census { get; }

    internal Chance Mishaps { get; }

    internal long CountFrom { get; }

    internal RequestOptions Allowed { get; }

    /// <summary>Is told of each request instead of a client sending it: for scripts.</summary>
    internal Action<Client, double, bool>? Listener { get; set; }

    internal Stack<Journey> Journeys { get; } = new();

    internal Stack<Exchange> Exchanges { get; } = new();

    /// <summary>The true state of a replica: for oracles.</summary>
    public QueueView Queue(Replica replica)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var server = ServerOf(replica);
        return new QueueView(server.Assigned, server.Cores, server.Speed);
    }

    internal static long Nanoseconds(double milliseconds) => (long)(milliseconds * VirtualTime.Millisecond);

    internal Server ServerOf(Replica replica) => replica.Attached(find);

    internal Chance ChanceFor(int profile, int server) => new(seed, FirstProfileStream + (long)profile * MostServers + server);

    /// <summary>Runs until every request that counts has ended.</summary>
    internal void Run(IProgress<long>? progress, CancellationToken cancel)
    {
        Arrivals.Begin();
        Census.Begin();
        long steps = 0;
        while (Tally.Requests < Scenario.Requests && Time.Step())
        {
            if ((++steps & 0xFFFF) != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(Tally.Requests);
        }
        progress?.Report(Tally.Requests);
    }

    IEnumerable<Server> MakeServers()
    {
        var index = 0;
        foreach (var group in Scenario.Replicas)
            for (var i = 0; i < group.Count; i++, index++)
            {
                var endpoint = new Endpoint($"10.{index >> 16}.{(index >> 8) & 255}.{index & 255}", 80) { Zone = group.Zone, Weight = group.Weight };
                var server = new Server(Time, index, endpoint, group.Cores, group.Speed, group.Order == ServiceOrder.Fifo);
                if (Scenario.Help.Any) server.Gauge = new LoadGauge(server, Time, Nanoseconds(Scenario.Help.WindowS * 1000));
                byEndpoint[endpoint] = server;
                yield return server;
            }
    }
}
