using System.CommandLine;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming;

namespace SmartClients.Cli.Resolving;

/// <summary><c>smart resolve</c>: a name's members and what is believed of each.</summary>
internal sealed class ResolveCommand : SmartCommand
{
    public ResolveCommand(TimeProvider time) : base("resolve", "Shows a name's members, and what is believed of each.")
    {
        var name = new Argument<string>("name") { Description = "service://quotes, list:host:port,host:port, file:members.json, dns:host:port, srv:_svc._tcp.host, …" };
        var probe = new Option<bool>("--probe") { Description = "Connect to each member once." };
        var refresh = new Option<bool>("--refresh") { Description = "Ask for the certificate and the members anew, whatever is known." };
        var naming = new NamingParameters();
        var timeout = Parameters.Duration(
            "--timeout", "For the members, and for each connection. Default: 2s.", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        var json = Parameters.Json();
        Add(name);
        foreach (var option in (Option[])[probe, refresh, timeout, .. naming.All, json]) Add(option);
        SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(name)!, naming.Read(parsed), parsed.GetValue(probe), parsed.GetValue(refresh),
            parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(2), parsed.GetValue(json), time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart resolve list:127.0.0.1:8001,127.0.0.1:8002 --probe",
        "smart resolve service://quotes --refresh",
        "smart resolve file:members.json --json",
    ];

    static async Task<int> RunAsync(
        string name, NamingSettings naming, bool probe, bool refresh, TimeSpan timeout, bool json, TimeProvider time, CancellationToken cancel)
    {
        if (name.Length == 0) throw new UsageException("The name is empty: write service://NAME, list:host:port,host:port or file:members.json.");
        var parsed = ServiceName.Parse(name);
        if (parsed.Path.Length > 0) throw new UsageException($"'{parsed.Path}' follows the name {parsed}: write the name alone.");
        await using var names = new NameTable(naming, time);
        var open = await names.OpenAsync(parsed, null, refresh, timeout, cancel);
        await using var director = new Director(open.Name, open.Source, open.Options(time) with { FirstMembers = timeout });
        await director.ReadyAsync(cancel);
        if (refresh)
        {
            director.GroupChanged();
            await director.HeardAsync(timeout, cancel);
        }
        var members = director.Members;
        IReadOnlyList<MemberReport> reports = probe
            ? await new Prober(time, timeout).ProbeAsync(members, cancel)
            : [.. members.Select(MemberReport.Of)];
        var (source, age) = director.Membership;
        var report = new ResolveReport(name, reports, CertificateReport.Of(open.Source, time), source, Math.Round(age.TotalSeconds, 3));
        if (json) Documents.Print(report, Documents.Default.ResolveReport);
        else ResolveTable.Write(report);
        await open.SettleAsync(director, time);
        if (!probe || reports.Any(r => r.Error is null)) return ExitCode.Done;
        Messages.Problem(reports.Count == 1 ? $"the one member of {name} cannot be reached" : $"none of the {reports.Count} members of {name} can be reached");
        return ExitCode.WorkFailed;
    }
}
