using SmartClients.Cli.Experiments.Links;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>From servers to figure.</summary>
internal sealed class Figure6Run(Figure6Settings settings, TimeProvider time)
{
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var content = new byte[settings.Conditions.FileBytes];
        new Random(settings.Conditions.Seed).NextBytes(content);
        var most = settings.Servers.Max();
        await using var mirrors = await Mirrors.StartAsync(settings.Links, most, settings.Conditions.LinkMbitPerS * 1e6, content, time, cancel);
        var conditions = settings.Conditions with { Links = mirrors.Kind == LinkKind.Namespaces ? "network namespaces and tbf" : "a relay in user space" };
        Messages.Note($"smart: {most} FTP server{(most == 1 ? "" : "s")}, links by {conditions.Links}{(mirrors.Why is { } why ? $" ({Messages.OneLine(why)})" : "")}");
        var results = Results.Open(settings.Folder, conditions);
        var cases = settings.Cases.Where(one => results.Of(one) is null).ToList();
        if (results.Points.Count > 0) Messages.Note($"smart: {results.Points.Count} points of '{settings.Folder}' were measured before and stay as they are");
        var measurement = new Measurement(conditions, mirrors.Endpoints, content, time);
        results = await MeasureAsync(measurement, cases, results, cancel);
        if (settings.Folder is { } folder)
            foreach (var file in Drawing.Write(results, folder)) Messages.Note("written: " + file);
        if (settings.Json) Documents.Print(results, Documents.Default.Results);
        else
        {
            ResultTable.Of(results).Write();
            Console.Out.WriteLine($"MB/s of all clients together; {conditions.Words}. 1997: {PaperPoint.Read}.");
        }
        return results.Failed > 0 ? ExitCode.WorkFailed : ExitCode.Done;
    }

    async Task<Results> MeasureAsync(Measurement measurement, List<Case> cases, Results results, CancellationToken cancel)
    {
        var progress = new Figure6Progress(results.Conditions, cases, measurement);
        var running = AllAsync();
        if (Terminal.ErrorIsLive) await progress.ShowAsync(running, time);
        return await running;

        async Task<Results> AllAsync()
        {
            await measurement.RehearseAsync(cancel);
            foreach (var one in cases)
            {
                progress.Begin(one);
                results = results.With(await measurement.RunAsync(one, cancel));
                if (settings.Folder is { } folder) results.Save(folder);
            }
            return results;
        }
    }
}
