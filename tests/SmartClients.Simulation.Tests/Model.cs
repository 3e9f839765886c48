using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Tests;

/// <summary>Scenarios of queueing theory: no network, no deadline, mean work of one unit.</summary>
internal static class Model
{
    public const double UnitMs = 10;

    public static Scenario Of(double load, int servers = 1, int cores = 1, ServiceOrder order = ServiceOrder.Fifo, Work? work = null, long requests = 1_000_000) => new()
    {
        Name = "model",
        Replicas = [new ReplicaGroup { Count = servers, Cores = cores, Order = order }],
        Clients = new ClientGroup { Ejection = false },
        Load = new Load { Utilization = load },
        Work = (work ?? new Work()) with { MeanMs = UnitMs },
        Network = new Network { OneWayMs = 0 },
        Requests = requests,
    };

    /// <summary>The mean time in the system, in units of the mean work.</summary>
    public static double MeanTime(Scenario scenario, Contender contender, long seed = 1) => Run.Once(scenario, contender, seed).MeanMs / UnitMs;

    /// <summary>Fails unless a mean is within a share of what theory says.</summary>
    public static void Within(double share, double exact, double measured) =>
        Assert.True(Math.Abs(measured / exact - 1) <= share, $"{measured:0.0000} is {measured / exact - 1:+0.00%;-0.00%} from {exact:0.0000}, above {share:0.0%}");
}
