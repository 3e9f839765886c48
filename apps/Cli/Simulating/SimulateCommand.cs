using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Picking;
using SmartClients.Plots;
using SmartClients.Simulation;

namespace SmartClients.Cli.Simulating;

/// <summary><c>smart simulate</c>: how policies would do on days of the user's own description.</summary>
internal sealed class SimulateCommand : SmartCommand
{
    public SimulateCommand(TimeProvider time) : base("simulate", "Runs policies against scenarios in virtual time, with the real director, and compares their latencies.")
    {
        var scenarios = new Argument<string[]>("scenario")
        {
            Description = "A JSON document, or one of those that come along: " + string.Join(", ", ScenarioReader.Shipped) + ".",
            Arity = ArgumentArity.OneOrMore,
        };
        var policy = new Option<string>("--policy")
        {
            Description = "Policies, with commas between, or all; also the oracles jsq, p2c-true and gmsr, which see all queues.",
            DefaultValueFactory = _ => $"{Policies.Default},p2c,round-robin,random,jsq",
            HelpName = "names",
        };
        var seed = Parameters.Count("--seed", "Of all chance: the same seed gives the same output.", 1, 0, int.MaxValue);
        var requests = Parameters.Count("--requests", "Count this many, whatever the scenario says.", null, 1, 1_000_000_000);
        var parallel = Parameters.Count("--parallel", "So many runs at a time. Default: as many as there are processors.", null, 1, 1024);
        var help = new Option<string?>("--help-from-servers") { Description = "What replicas tell of their load, whatever the scenario says: none, replies (a report with each), probes (these too).", HelpName = "what" };
        help.AcceptOnlyFromAmong("none", "replies", "probes");
        var plot = new Option<string?>("--plot") { Description = "Draw latency over time, share per replica and distribution into this folder, as SVG and PNG.", HelpName = "folder" };
        var json = Parameters.Json();
        Add(scenarios);
        foreach (var option in (Option[])[policy, seed, requests, help, parallel, plot, json]) Add(option);
        SetAction((parsed, cancel) =>
        {
            var days = parsed.GetValue(scenarios)!.Select(ScenarioInput.Read).Select(day => day with
            {
                Requests = parsed.GetValue(requests) ?? day.Requests,
                Help = ScenarioInput.Help(parsed.GetValue(help)) ?? day.Help,
            }).ToList();
            var contest = new Contest(
                days, ScenarioInput.Contenders(parsed.GetValue(policy)!), parsed.GetValue(seed)!.Value, parsed.GetValue(parallel) ?? Environment.ProcessorCount);
            return RunAsync(contest, ResultsFolder.Checked(parsed.GetValue(plot), "--plot"), parsed.GetValue(json), time, cancel);
        });
    }

    static async Task<int> RunAsync(Contest contest, string? folder, bool json, TimeProvider time, CancellationToken cancel)
    {
        var all = await ContestProgress.ShowAsync(contest, time, cancel);
        ContestOutput.Write(all, json);
        if (folder is null) return ExitCode.Done;
        foreach (var scores in all)
            foreach (var file in RunPlots.Draw(scores.Scenario.Name, scores.Scores, folder)) Messages.Note("drawn: " + file);
        return ExitCode.Done;
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart simulate s1-homogeneous",
        "smart simulate s2-heterogeneous s4-grey-failure --policy all --parallel 2",
        "smart simulate my-day.json --policy blended,p2c,jsq --seed 7 --json",
        "smart simulate rolling-deploy --policy all --plot plots",
    ];
}
