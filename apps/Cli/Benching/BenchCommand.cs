using System.CommandLine;
using SmartClients.Bench.Contests;
using SmartClients.Bench.Plays;
using SmartClients.Bench.Processes;
using SmartClients.Bench.Proxies;
using SmartClients.Bench.Wirings;
using SmartClients.Cli.Shell;
using SmartClients.Cli.Simulating;
using SmartClients.Simulation;

namespace SmartClients.Cli.Benching;

/// <summary><c>smart bench</c>: the simulator's scenarios as real processes on this machine.</summary>
internal sealed class BenchCommand : SmartCommand
{
    const string Assembly = "smart";

    readonly Argument<string[]> scenarios = new("scenario")
    {
        Description = "A JSON document, or one of those that come along: " + string.Join(", ", ScenarioReader.Shipped) + ".",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string> peers = new("--peers")
    {
        Description = $"Who is compared, with commas between; ratios are to the first. Any policy, and {string.Join(", ", WiringTable.Peers)}; all: the usual ones and all of these.",
        DefaultValueFactory = _ => string.Join(',', WiringTable.Usual),
        HelpName = "names",
    };

    readonly Option<double?> rate = Parameters.Number("--rate", "Requests a second. They are stretched so that replicas are as busy as the scenario says.", 400, 1, 100_000);
    readonly Option<double?> seconds = Parameters.Number("--seconds", "For each run: the scenario's day, its warm-up included, is pressed into them.", 20, 1, 86_400);
    readonly Option<int?> rounds = Parameters.Count("--rounds", "How often everybody runs, in turn.", 3, 1, 1000);
    readonly Option<int?> replicas = Parameters.Count("--replicas", "The most replica processes: a sample of the scenario's.", 8, 1, 1000);
    readonly Option<int?> clients = Parameters.Count("--clients", "The most clients.", 20, 1, 1000);
    readonly Option<int?> seed = Parameters.Count("--seed", "Of requests, their work and mishaps, the same for everybody; each round has the next.", 1, 0, int.MaxValue);
    readonly Option<string?> folder = new("--out") { Description = "Write bench.md and bench.json there, adding to the rounds of an earlier run.", HelpName = "folder" };
    readonly Option<bool> json = Parameters.Json();

    readonly Option<string> work = new("--work")
    {
        Description = "What replicas do while they serve: sleep, or cpu, where as much of each request as this machine has room for is work of its processors.",
        DefaultValueFactory = _ => "sleep",
        HelpName = "what",
    };

    public BenchCommand(TimeProvider time) : base("bench", "Plays scenarios with real processes on this machine, and compares policies with proxies and other libraries.")
    {
        work.AcceptOnlyFromAmong("sleep", "cpu");
        Add(scenarios);
        foreach (var option in (Option[])[peers, rounds, seconds, rate, replicas, clients, work, seed, folder, json]) Add(option);
        SetAction((parsed, cancel) =>
        {
            var own = ChildProgram.Self(Assembly);
            return BenchRun.RunAsync(Read(parsed, own, cancel), own, time, cancel);
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart bench s4-grey-failure",
        "smart bench s2-heterogeneous s3-antagonists --peers all --rounds 5 --out results",
        "smart bench my-day.json --peers adaptive,p2c,nginx-least --rate 200 --work cpu --json",
    ];

    BenchSettings Read(ParseResult parsed, ChildProgram own, CancellationToken cancel)
    {
        var size = new Size(
            parsed.GetValue(replicas)!.Value, parsed.GetValue(clients)!.Value, parsed.GetValue(rate)!.Value, parsed.GetValue(seconds)!.Value,
            parsed.GetValue(work) == "cpu" ? WorkKind.Cpu : WorkKind.Sleep);
        var into = ResultsFolder.Checked(parsed.GetValue(folder), "--out");
        var series = parsed.GetValue(scenarios)!.Select(ScenarioInput.Read).Select(scenario => new Series(scenario, size, parsed.GetValue(seed)!.Value)).ToList();
        if (series.Select(one => one.Scenario.Name).Distinct().Count() < series.Count) throw new UsageException("A scenario is named twice: use --rounds to play it more often.");
        // What cannot be played is told before anything runs.
        foreach (var one in series) one.Round(1, cancel);
        var wirings = Wirings(parsed.GetValue(peers)!, new WiringTable(own, ChildProgram.Peers(), ProxyHost.Find));
        return new BenchSettings(series, wirings, parsed.GetValue(rounds)!.Value, into, parsed.GetValue(json));
    }

    static List<Wiring> Wirings(string names, WiringTable table)
    {
        IEnumerable<string> each = names == "all" ? WiringTable.Usual.Concat(WiringTable.Peers) : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var wirings = new List<Wiring>();
        foreach (var name in each.Distinct())
        {
            if (!WiringTable.Names.Contains(name)) throw new UsageException($"--peers '{name}' is nobody: {string.Join(", ", WiringTable.Names)}.");
            var (wiring, missing) = table.Find(name);
            if (wiring is not null) wirings.Add(wiring);
            else Messages.Note($"{name} is left out: {missing}");
        }
        return wirings.Count > 0 ? wirings : throw new UsageException($"--peers '{names}' leaves nobody to compare.");
    }
}
