using System.CommandLine;
using System.CommandLine.Parsing;
using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary><c>smart experiment figure8</c>: what a chat client notices of its server's failure (§4.3 of the paper).</summary>
internal sealed class Figure8Command : SmartCommand
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly Option<IReadOnlyList<Fault>> faults = new("--fault")
    {
        Description = "What happens to the client's server.",
        HelpName = "name,name",
        DefaultValueFactory = _ => Fault.All,
        CustomParser = result => Read(result),
    };
    readonly Option<int?> servers = Parameters.Count("--servers", "So many chat servers.", 3, 2, 10);
    readonly Option<int?> strikes = Parameters.Count("--strikes", "Of each fault, one after the other.", 10, 1, 1000);
    readonly Option<TimeSpan?> length = Parameters.Duration("--time", "Of each; the fault comes half-way. Default: 4s.", TimeSpan.FromSeconds(1), Longest);
    readonly Option<double?> rate = Parameters.Number("--rate", "Lines a second that the client writes; a server takes 10 of one sender.", 10, 0.5, 10);
    readonly Option<int?> seed = Parameters.Count("--seed", "Of when, between two lines, the fault comes.", 1, 0, int.MaxValue);
    readonly Option<string?> folder = new("--out") { Description = "Write plots and table there.", HelpName = "dir" };
    readonly Option<bool> json = Parameters.Json();

    public Figure8Command(TimeProvider time) : base(
        "figure8", "Writes and reads in a chat room while the client's server is killed, frozen, cut off from its peers and restarted. All of it takes five minutes.")
    {
        foreach (var option in (Option[])[faults, servers, strikes, length, rate, seed, folder, json]) Add(option);
        SetAction((parsed, cancel) => new Figure8Run(Read(parsed), time).RunAsync(cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart experiment figure8 --out figure8",
        "smart experiment figure8 --fault kill,freeze --strikes 3",
        "smart experiment figure8 --fault kill --json | jq '.strikes[].longest_write_ms'",
    ];

    Figure8Settings Read(ParseResult parsed) => new()
    {
        Faults = parsed.GetValue(faults)!,
        Conditions = new FailoverConditions(
            parsed.GetValue(servers)!.Value, parsed.GetValue(strikes)!.Value, (parsed.GetValue(length) ?? TimeSpan.FromSeconds(4)).TotalSeconds,
            parsed.GetValue(rate)!.Value, parsed.GetValue(seed)!.Value),
        Folder = ResultsFolder.Checked(parsed.GetValue(folder), "--out"),
        Json = parsed.GetValue(json),
    };

    static IReadOnlyList<Fault> Read(ArgumentResult result)
    {
        var names = result.Tokens is [{ Value: var value }] ? value.Split(',', StringSplitOptions.TrimEntries) : [];
        if (names.FirstOrDefault(name => Fault.All.All(fault => fault.Name != name)) is { } unknown)
            result.AddError($"--fault '{unknown}' is none: {string.Join(", ", Fault.All.Select(fault => fault.Name))}");
        return [.. Fault.All.Where(fault => names.Contains(fault.Name))];
    }
}
