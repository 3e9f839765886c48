using System.CommandLine;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Demo;

/// <summary><c>smart demo</c>: real servers are killed, frozen and broken under load, and no request is lost.</summary>
internal sealed class DemoCommand : SmartCommand
{
    public DemoCommand(TimeProvider time) : base("demo", "Kills, freezes and breaks real servers under load, and counts what is lost: nothing.")
    {
        var seconds = Parameters.Number("--seconds", "How long the load runs.", 20, 3, 3600);
        var rate = Parameters.Number("--rate", "Requests a second.", 300, 1, 10_000);
        var replicas = Parameters.Count("--replicas", "Server processes.", 3, 2, 16);
        var directory = new Option<string?>("--dir") { Description = "The files to serve. Default: this repository, else the current directory.", HelpName = "dir" };
        var json = Parameters.Json();
        foreach (var option in (Option[])[seconds, rate, replicas, directory, json]) Add(option);
        SetAction((parsed, cancel) => RunAsync(
            new DemoSettings
            {
                Length = TimeSpan.FromSeconds(parsed.GetValue(seconds)!.Value),
                Rate = parsed.GetValue(rate)!.Value,
                Replicas = parsed.GetValue(replicas)!.Value,
                Directory = parsed.GetValue(directory) ?? Repository() ?? Environment.CurrentDirectory,
                Json = parsed.GetValue(json),
            },
            time, cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart demo",
        "smart demo --seconds 60 --rate 500 --dir /usr/share/doc",
        "smart demo --json | jq .longest_ms",
    ];

    static async Task<int> RunAsync(DemoSettings settings, TimeProvider time, CancellationToken cancel)
    {
        var corpus = Corpus.Read(settings.Directory, cancel);
        var screen = settings.Json ? new PlainScreen(Console.Error) : Terminal.OutputIsLive ? (Screen)new LiveScreen(time) : new PlainScreen(Console.Out);
        DemoReport report;
        await using (screen) report = await new Performance(settings, corpus, screen, time).RunAsync(cancel);
        if (settings.Json) Documents.Print(report, Documents.Default.DemoReport);
        else Console.Out.WriteLine(report.Line);
        return report.Lost + report.Corrupt > 0 ? ExitCode.WorkFailed : cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    static string? Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "SmartClients.slnx"))) return at.FullName;
        return null;
    }
}
