using SmartClients.Experiments.Running;
using SmartClients.Plots;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Experiments;

/// <summary>Mitzenmacher's supermarket: from one choice to two the mean time falls from a fraction's to a logarithm's growth.</summary>
static class PowerOfTwo
{
    const double UnitMs = 10;

    // Beyond, a single queue takes longer to settle than a run lasts.
    const double LastOfOne = 0.9;

    static readonly double[] Loads = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99];

    // T for infinitely many servers, two choices; and Mitzenmacher's own simulations of a hundred servers.
    static readonly double[] Limit = [1.26569, 1.61445, 1.94736, 2.61406, 3.38305, 5.43200];
    static readonly double[] Hundred = [1.2673, 1.6202, 1.9585, 2.6454, 3.4610, 5.9275];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "The power of two choices",
            "Mitzenmacher, 2001. Servers first come first served, exponential work, one client that sees the true queues; mean time in the system in units of the mean work. "
            + "The published simulations of a hundred servers are quoted from memory and not verified.");
        var pairs = (from load in Loads from servers in (int[])[100, 1000] from policy in (string[])["random", "p2c-true"] select (Model(settings, load, servers), Contender.Named(policy))).ToList();
        var means = Runs.Of(pairs, settings).Select(runs => runs.Mean(s => s.MeanMs) / UnitMs).ToList();
        page.Table(
            ["load", "one choice, exact", "one choice, 100", "two choices, limit", "two choices, 1000", "two choices, 100 (published)", "two choices, 100"],
            Loads.Select((load, i) => (IReadOnlyList<string>)
            [
                Page.Number(load, "0.00"), Page.Number(1 / (1 - load), "0.000"), load > LastOfOne ? "–" : Page.Number(means[4 * i], "0.000"), Page.Number(Limit[i], "0.0000"),
                Page.Number(means[4 * i + 3], "0.0000"), Page.Number(Hundred[i], "0.0000"), Page.Number(means[4 * i + 1], "0.0000"),
            ]));
        var chart = new Chart("The power of two choices", "load", "mean time in units of work (logarithmic)") { LogarithmicUp = true };
        chart.Add("one choice, exact", Loads, [.. Loads.Select(load => 1 / (1 - load))]);
        var settled = Loads.Count(load => load <= LastOfOne);
        chart.Add("one choice, simulated", Loads[..settled], [.. Enumerable.Range(0, settled).Select(i => means[4 * i])]);
        chart.Add("two choices, exact", Loads, Limit);
        chart.Add("two choices, simulated", Loads, [.. Loads.Select((_, i) => means[4 * i + 3])]);
        page.Picture("mean time over load", chart.Save(page.Folder, page.Name));
    }

    static Scenario Model(Settings settings, double load, int servers) => new()
    {
        Name = "supermarket",
        Replicas = [new ReplicaGroup { Count = servers, Order = ServiceOrder.Fifo }],
        Load = new Load { Utilization = load },
        Work = new Work { MeanMs = UnitMs },
        Network = new Network { OneWayMs = 0 },
        WarmUpS = load > 0.9 ? 60 : 10,
        Requests = settings.Requests(3e6),
    };
}
