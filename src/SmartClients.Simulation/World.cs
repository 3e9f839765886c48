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
public sealed class World
{
    const int TrafficStream = 1;
    const int DirectorStream = 2;

    readonly Dictionary<Endpoint, Server> byEndpoint = [];
    readonly Func<Endpoint, Server> find;
    readonly Arrivals arrivals;

    internal World(Scenario scenario, Contender contender, long seed)
    {
        Scenario = scenario;
        find = endpoint => byEndpoint[endpoint];
        Servers = [.. MakeServers()];
        Tally = new Tally(Servers.Count, scenario.DeadlineMs is { } ms ? Nanoseconds(ms) : null);
        CountFrom = Time.Now + Nanoseconds(scenario.WarmUpS * 1000);
        Allowed = new RequestOptions
        {
            Repeatable = scenario.Clients.Retries || scenario.Clients.Hedging,
            Hedge = scenario.Clients.Hedging,
            MaxAttempts = scenario.Clients.Retries || scenario.Clients.Hedging ? null : 1,
        };
        Clients = [.. MakeClients(contender, new Chance(seed, DirectorStream))];
        arrivals = new Arrivals(
            this, scenario.Load.Arrivals == ArrivalLaw.Regular ? new Constant() : new Exponential(), Drawn.Work(scenario.Work), scenario.PerSecond,
            Nanoseconds(scenario.Work.MeanMs), new Chance(seed, TrafficStream));
    }

    /// <summary>What it was made from.</summary>
    public Scenario Scenario { get; }

    internal VirtualTime Time { get; } = new();

    internal IReadOnlyList<Server> Servers { get; }

    internal IReadOnlyList<Client> Clients { get; }

    internal Tally Tally { get; }

    internal long CountFrom { get; }

    internal RequestOptions Allowed { get; }

    internal Stack<Journey> Journeys { get; } = new();

    internal Stack<Exchange> Exchanges { get; } = new();

    internal static long Nanoseconds(double milliseconds) => (long)(milliseconds * VirtualTime.Millisecond);

    internal Server ServerOf(Replica replica) => replica.Attached(find);

    internal long OneWay(Client client, Server server) =>
        Nanoseconds(client.Zone == server.Endpoint.Zone ? Scenario.Network.OneWayMs : Scenario.Network.AcrossZonesMs ?? Scenario.Network.OneWayMs);

    /// <summary>Runs until every request that counts has ended.</summary>
    internal void Run(IProgress<long>? progress, CancellationToken cancel)
    {
        arrivals.Begin();
        long steps = 0;
        while (Tally.Requests < Scenario.Requests && Time.Step())
        {
            if ((++steps & 0xFFFF) != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(Tally.Requests);
        }
    }

    IEnumerable<Server> MakeServers()
    {
        var index = 0;
        foreach (var group in Scenario.Replicas)
            for (var i = 0; i < group.Count; i++, index++)
            {
                var endpoint = new Endpoint($"10.{index >> 16}.{(index >> 8) & 255}.{index & 255}", 80) { Zone = group.Zone, Weight = group.Weight };
                var server = new Server(Time, index, endpoint, group.Cores, group.Speed, group.Order == ServiceOrder.Fifo);
                byEndpoint[endpoint] = server;
                yield return server;
            }
    }

    IEnumerable<Client> MakeClients(Contender contender, Random chance)
    {
        var names = new StaticNames(Servers.Select(s => s.Endpoint));
        var limit = Scenario.DeadlineMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan;
        var group = Scenario.Clients;
        var options = contender.Options(new DirectorOptions
        {
            Time = Time,
            Random = chance,
            Timeout = limit,
            AttemptTimeout = limit,
            Hedge = group.Hedging,
            MembersFromReplies = true,
            FailuresToEject = group.Ejection ? new DirectorOptions().FailuresToEject : int.MaxValue,
            SuccessRateToEject = group.Ejection ? new DirectorOptions().SuccessRateToEject : 0,
        });
        for (var i = 0; i < group.Count; i++)
        {
            var zone = group.Zones.Count > 0 ? group.Zones[i % group.Zones.Count] : null;
            yield return new Client(i, new Director("simulated", names, options, contender.Policy(this)), zone);
        }
    }
}
