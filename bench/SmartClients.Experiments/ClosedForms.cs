using SmartClients.Experiments.Running;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Experiments;

/// <summary>Mean times in the system that theory knows, in units of the mean work.</summary>
static class ClosedForms
{
    const double UnitMs = 10;

    sealed record Case(string Name, Scenario Scenario, string Policy, double Exact);

    public static void Run(Page page, Settings settings)
    {
        page.Title("Closed forms", "Mean time in the system, in units of the mean work, without a network.");
        var cases = Cases(settings).ToList();
        var scores = Runs.Of([.. cases.Select(c => (c.Scenario, Contender.Named(c.Policy)))], settings);
        page.Table(["model", "exact", "simulated", "off by"], cases.Zip(scores, (known, runs) =>
        {
            var mean = runs.Mean(s => s.MeanMs) / UnitMs;
            return (IReadOnlyList<string>)[known.Name, Page.Number(known.Exact, "0.0000"), Page.Number(mean, "0.0000"), Page.Number(100 * (mean / known.Exact - 1), "+0.00;-0.00") + " %"];
        }));
        page.Line("The supermarket's values are those of infinitely many servers; here there are a thousand.");
    }

    static IEnumerable<Case> Cases(Settings settings)
    {
        foreach (var (load, exact) in ((double, double)[])[(0.5, 2), (0.8, 5), (0.9, 10)])
            yield return new($"M/M/1 at {Page.Number(load)}", Model(settings, load, servers: 100), "random", exact);
        foreach (var (load, exact) in ((double, double)[])[(0.8, 1.20459), (0.9, 1.66873)])
            yield return new($"M/M/10 at {Page.Number(load)}", Model(settings, load, cores: 10), "random", exact);
        foreach (var (load, exact) in ((double, double)[])[(0.5, 1.32464), (0.8, 2.92227), (0.9, 5.66028)])
            yield return new($"E10/M/1 (round robin over ten) at {Page.Number(load)}", Model(settings, load, servers: 10), "round-robin", exact);
        foreach (var (load, exact) in ((double, double)[])[(0.5, 1.42632), (0.7, 2.10820), (0.9, 5.4749)])
            yield return new($"JSQ over two at {Page.Number(load)}", Model(settings, load, servers: 2), "jsq", exact);
        foreach (var (load, exact) in ((double, double)[])[(0.5, 1.26569), (0.7, 1.61445), (0.9, 2.61406), (0.95, 3.38305), (0.99, 5.432)])
            yield return new($"supermarket, two choices, at {Page.Number(load, "0.00")}", Model(settings, load, servers: 1000), "p2c-true", exact);
        foreach (var (law, square) in ((WorkLaw, double)[])[(WorkLaw.Exponential, 1), (WorkLaw.Constant, 0), (WorkLaw.Normal, 0.64), (WorkLaw.HyperExponential, 5.5)])
        {
            yield return new($"M/G/1 shared, {law}, at 0.8", Model(settings, 0.8, servers: 100, order: ServiceOrder.Sharing, law: law), "random", 5);
            yield return new($"M/G/1 first come first served, {law}, at 0.8", Model(settings, 0.8, servers: 100, law: law), "random", 1 + 0.8 * (1 + square) / 0.4);
        }
        yield return new("M/M/4 shared at 0.8", Model(settings, 0.8, servers: 10, cores: 4, order: ServiceOrder.Sharing), "random", 1.74554);
    }

    static Scenario Model(
        Settings settings, double load, int servers = 1, int cores = 1, ServiceOrder order = ServiceOrder.Fifo, WorkLaw law = WorkLaw.Exponential) => new()
        {
            Name = "model",
            Replicas = [new ReplicaGroup { Count = servers, Cores = cores, Order = order }],
            Load = new Load { Utilization = load },
            Work = new Work { Law = law, MeanMs = UnitMs },
            Network = new Network { OneWayMs = 0 },
            WarmUpS = load >= 0.95 ? 60 : 10,
            Requests = settings.Requests(4e6),
        };
}
