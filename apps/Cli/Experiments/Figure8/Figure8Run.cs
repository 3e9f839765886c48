using System.Text.Json;
using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Cli.Experiments.Figure8.Servers;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>From servers to figure.</summary>
internal sealed class Figure8Run(Figure8Settings settings, TimeProvider time)
{
    readonly FailoverConditions conditions = settings.Conditions;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var group = await ChatGroup.StartAsync(conditions.Servers, settings.Faults.Any(fault => fault is Parted), time, cancel);
        Messages.Note($"smart: {conditions.Servers} chat servers, a process each; {conditions.Words}");
        var random = new Random(conditions.Seed);
        // The first one compiles what the others run, and is not kept.
        await new Trial(group, new Killed(), 0, conditions with { Seconds = 2 }, random, time).RunAsync(cancel);
        List<Strike> strikes = [];
        foreach (var fault in settings.Faults)
        {
            Messages.Note($"smart: {fault.Name}: {fault.What}");
            for (var number = 1; number <= conditions.Strikes; number++)
                strikes.Add(await new Trial(group, fault, number, conditions, random, time).RunAsync(cancel));
        }
        var results = new FailoverResults(conditions, strikes, Paper.Figure8);
        if (settings.Folder is { } folder) Write(results, folder);
        if (settings.Json) Documents.Print(results, Documents.Default.FailoverResults);
        else
        {
            FailoverTable.Of(results).Write();
            Console.Out.WriteLine($"Milliseconds; of several strikes the median / the longest. {conditions.Words}.");
        }
        return strikes.Sum(strike => strike.Wrong) > 0 ? ExitCode.WorkFailed : ExitCode.Done;
    }

    static void Write(FailoverResults results, string folder)
    {
        foreach (var file in FailoverDrawing.Write(results, folder)) Messages.Note("written: " + file);
        File.WriteAllText(Path.Combine(folder, FailoverResults.FileName), JsonSerializer.Serialize(results, Documents.Default.FailoverResults) + "\n");
    }
}
