using System.Globalization;
using SmartClients.Experiments.Running;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Experiments;

/// <summary>What a simulated request costs as the world grows, one run at a time.</summary>
static class Cost
{
    public static void Run(Page page, Settings settings)
    {
        page.Title("What simulating costs", "Policy p2c, four cores to a replica at 80 %; one run after the other, on one thread. Processor time, so that what else the machine does counts little.");
        List<IReadOnlyList<string>> rows = [];
        foreach (var (replicas, clients, requests) in ((int, int, double)[])[(10, 10, 1e6), (100, 10, 1e6), (100, 1000, 1e6), (1000, 100, 1e6), (1000, 1000, 1e6), (1000, 10_000, 1e7)])
        {
            var day = new Scenario
            {
                Name = "cost",
                Replicas = [new ReplicaGroup { Count = replicas, Cores = 4 }],
                Clients = new ClientGroup { Count = clients },
                Load = new Load { Utilization = 0.8 },
                Work = new Work { Law = WorkLaw.Normal, MeanMs = 10 },
                DeadlineMs = 2000,
                WarmUpS = 0,
                Requests = settings.Requests(requests),
            };
            GC.Collect();
            var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            var score = Arena.Run(day, Contender.Named("p2c"), 101);
            var seconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
            rows.Add(
            [
                replicas.ToString("N0", CultureInfo.InvariantCulture), clients.ToString("N0", CultureInfo.InvariantCulture), day.Requests.ToString("N0", CultureInfo.InvariantCulture),
                Page.Number(seconds), Page.Number(seconds / day.Requests * 1e6, "0.00"), Page.Number((double)score.Happenings / day.Requests, "0.0"),
                Page.Number((GC.GetTotalAllocatedBytes() - allocated) / 1e6, "0"),
            ]);
        }
        page.Table(["replicas", "clients", "requests", "processor, s", "µs to a request", "events to a request", "allocated in all, MB"], rows);
        page.Line("The time includes making the world: each client has an object for each replica, which is what the memory of the large ones is. The rest does not grow with the requests.");
    }
}
