using System.CommandLine;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming;

namespace SmartClients.Cli.Resolving;

/// <summary><c>smart resolve</c>: a name's members and what is believed of each.</summary>
internal sealed class ResolveCommand : SmartCommand
{
    public ResolveCommand(TimeProvider time) : base("resolve", "Shows a name's members, and what is believed of each.")
    {
        var name = new Argument<string>("name") { Description = "list:host:port,host:port or file:members.json." };
        var probe = new Option<bool>("--probe") { Description = "Connect to each member once." };
        var timeout = Parameters.Duration(
            "--timeout", "For the members, and for each connection. Default: 2s.", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        var json = Parameters.Json();
        Add(name);
        Add(probe);
        Add(timeout);
        Add(json);
        SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(name)!, parsed.GetValue(probe), parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(2), parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart resolve list:127.0.0.1:8001,127.0.0.1:8002 --probe",
        "smart resolve file:members.json --json",
    ];

    static async Task<int> RunAsync(string name, bool probe, TimeSpan timeout, bool json, TimeProvider time, CancellationToken cancel)
    {
        if (name.Length == 0) throw new UsageException("The name is empty: write list:host:port,host:port or file:members.json.");
        await using var director = new Director(name, Names.Core.Open(name), new DirectorOptions { Time = time, FirstMembers = timeout });
        await director.ReadyAsync(cancel);
        var members = director.Members;
        IReadOnlyList<MemberReport> reports = probe
            ? await new Prober(time, timeout).ProbeAsync(members, cancel)
            : [.. members.Select(MemberReport.Of)];
        var (source, age) = director.Membership;
        var report = new ResolveReport(name, reports, null, source, Math.Round(age.TotalSeconds, 3));
        if (json) Documents.Print(report, Documents.Default.ResolveReport);
        else ResolveTable.Write(report);
        if (!probe || reports.Any(r => r.Error is null)) return ExitCode.Done;
        Messages.Problem($"none of the {reports.Count} members of {name} can be reached");
        return ExitCode.WorkFailed;
    }
}
