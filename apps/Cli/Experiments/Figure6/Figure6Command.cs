using System.CommandLine;
using SmartClients.Cli.Experiments.Links;
using SmartClients.Cli.Shell;
using SmartClients.Picking;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary><c>smart experiment figure6</c>: how retrievals by FTP grow with the servers (§4.2 of the paper).</summary>
internal sealed class Figure6Command : SmartCommand
{
    static readonly int[] UsualServers = [1, 2, 4];
    static readonly int[] UsualClients = [1, 2, 4, 8, 12, 16];
    static readonly string[] UsualPolicies = ["random", "affinity", Policies.Default];

    readonly Option<IReadOnlyList<int>> servers = Lists.Numbers("--servers", "So many servers.", UsualServers, 1, Mirrors.Most);
    readonly Option<IReadOnlyList<int>> clients = Lists.Numbers("--clients", "So many clients at a time.", UsualClients, 1, 256);
    readonly Option<IReadOnlyList<string>> policy = Lists.PoliciesOf("How clients choose. The paper's chose at random.", UsualPolicies);
    readonly Option<int?> retrievals = Parameters.Count("--retrievals", "Of each client, one after the other.", 40, 1, 100_000);
    readonly Option<int?> size = Parameters.Count("--size", "KB (1,024 bytes) in the file.", 512, 1, 1 << 20);
    readonly Option<double?> rate = Parameters.Number("--rate", "Of each server's link, in Mb/s.", 10, 0.1, 10_000);
    readonly Option<int?> seed = Parameters.Count("--seed", "Of the clients' chance.", 1, 0, int.MaxValue);
    readonly Option<string?> links = new("--links")
    {
        Description = "How the links are made: by the kernel, which needs root, or by a relay in this process. Default: namespaces where they can be had.",
        HelpName = "namespaces|relay",
    };
    readonly Option<string?> folder = new("--out") { Description = "Write plot and table there, and go on with what is there of an earlier run.", HelpName = "dir" };
    readonly Option<bool> json = Parameters.Json();

    public Figure6Command(TimeProvider time) : base(
        "figure6", "Retrieves a file from one, two and four FTP servers, each behind a link of 10 Mb/s, with more and more clients. All of it takes three quarters of an hour.")
    {
        links.AcceptOnlyFromAmong("namespaces", "relay");
        foreach (var option in (Option[])[servers, clients, policy, retrievals, size, rate, seed, links, folder, json]) Add(option);
        SetAction((parsed, cancel) => new Figure6Run(Read(parsed), time).RunAsync(cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart experiment figure6 --out figure6",
        "smart experiment figure6 --servers 2 --clients 4,8 --retrievals 10 --policy random,blended",
        "smart experiment figure6 --links relay --json | jq '.points[].mb_per_s'",
    ];

    Figure6Settings Read(ParseResult parsed) => new()
    {
        Servers = Lists.Given(parsed, servers, UsualServers),
        Clients = Lists.Given(parsed, clients, UsualClients),
        Policies = Lists.Given(parsed, policy, UsualPolicies),
        Conditions = new Conditions(parsed.GetValue(retrievals)!.Value, parsed.GetValue(size)!.Value * 1024, parsed.GetValue(rate)!.Value, parsed.GetValue(seed)!.Value),
        Links = parsed.GetValue(links) switch { "namespaces" => LinkKind.Namespaces, "relay" => LinkKind.Relay, _ => null },
        Folder = ResultsFolder.Checked(parsed.GetValue(folder), "--out"),
        Json = parsed.GetValue(json),
    };
}
