using SmartClients.Experiments.Running;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Profiles;

namespace SmartClients.Experiments.Prequal;

/// <summary>
/// What §5 of the Prequal paper tells of its testbed: 100 clients, 100 servers, each allowed a tenth of its machine and more while nobody else
/// wants it, work Normal(80, 80) ms cut off at zero, 5 s to answer. What the other tenants of the machines do it does not tell.
/// </summary>
static class Testbed
{
    public const double DeadlineMs = 5000;

    // 100 replicas at 1.0 of their allocation answered 7,500 requests a second, of 86.7 ms (80 before the cut): 6.5 cores each.
    public const double PerSecondAtAllocation = 7500;
    const int Cores = 24;
    const double MeanMs = 86.7;
    const double Allocation = 6.5;

    /// <summary>Two machines in five have a quarter more than the allocation at a time, one in 25 just the allocation, the rest plenty.</summary>
    public static Scenario At(double load, Settings settings, double requests = 400_000) => new()
    {
        Name = "prequal-testbed",
        Replicas = [new ReplicaGroup { Count = 100, Cores = Cores }],
        Clients = new ClientGroup { Count = 100, Ejection = false },
        Load = new Load { PerSecond = load * PerSecondAtAllocation },
        Work = new Work { Law = WorkLaw.Normal, MeanMs = MeanMs },
        DeadlineMs = DeadlineMs,
        WarmUpS = 40,
        Requests = settings.Requests(requests),
        Help = new Help { Replies = true, Probes = true },
        Profiles =
        [
            new Antagonists { Takes = Taking.Cores, Factor = Allocation * 1.25 / Cores, BurstS = 20, GapS = 30 },
            new Antagonists { Takes = Taking.Cores, Factor = 1 / 1.25, BurstS = 10, GapS = 90 },
        ],
    };
}
