using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Tests;

/// <summary>What the default policy owes to its users where it once fell short; all policies in all scenarios are docs/experiments/arena.md.</summary>
public class AdaptiveTests
{
    static readonly Contender Adaptive = Contender.Named("adaptive");

    // One of a thousand requests is the deadline of an attempt where that many run into a zone that has fallen silent.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Less_than_one_of_a_thousand_requests_notices_the_loss_of_a_zone(bool probes)
    {
        var day = ScenarioReader.Find("zone-loss") with { Help = new Help { Replies = probes, Probes = probes } };
        Assert.InRange(Run.Once(day, Adaptive).P999Ms, 0, 100);
    }

    // Most requests find somebody idle there: who, only replies can tell.
    [Fact]
    public void Replies_that_tell_who_is_idle_are_heeded()
    {
        var day = new Scenario
        {
            Name = "small machines",
            Replicas = [new ReplicaGroup { Count = 50, Cores = 1 }],
            Clients = new ClientGroup { Count = 30 },
            Load = new Load { Utilization = 0.5 },
            DeadlineMs = 2000,
            WarmUpS = 3,
            Requests = 100_000,
            Help = new Help { Replies = true },
        };
        var adaptive = Run.Once(day, Adaptive).P99Ms;
        Assert.InRange(adaptive / Run.Once(day with { Help = Help.None }, Adaptive).P99Ms, 0, 0.9);
        Assert.InRange(adaptive / Run.Once(day, Contender.Named("join-idle")).P99Ms, 0, 1.02);
    }

    // Who is alone knows all queues, and the shortest is the best.
    [Theory]
    [InlineData(30, 2)]
    [InlineData(200, 4)]
    public void A_client_that_is_alone_joins_the_shortest_queue(int replicas, int cores)
    {
        var day = new Scenario
        {
            Name = "alone",
            Replicas = [new ReplicaGroup { Count = replicas, Cores = cores }],
            Load = new Load { Utilization = 0.85 },
            DeadlineMs = 2000,
            WarmUpS = 3,
            Requests = 200_000,
        };
        Model.Within(0.03, Run.Once(day, Contender.Jsq).P99Ms, Run.Once(day, Adaptive).P99Ms);
    }
}
