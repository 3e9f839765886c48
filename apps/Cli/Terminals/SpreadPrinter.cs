using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Terminals.Running;

namespace SmartClients.Cli.Terminals;

/// <summary>Prints what came of many inputs: their output as it is, a line for each that failed; or one document.</summary>
internal sealed class SpreadPrinter(bool json)
{
    readonly List<SpreadRun> runs = [];
    readonly Dictionary<string, (int Runs, int Failed)> machines = [];
    int inputs;
    int failed;

    public async Task<int> PrintAsync(IAsyncEnumerable<SpreadResult> results)
    {
        await using var output = StandardStreams.Output();
        await using var errors = StandardStreams.Errors();
        await foreach (var result in results)
        {
            Count(result);
            if (json)
            {
                runs.Add(SpreadRun.Of(result));
                continue;
            }
            await output.WriteAsync(result.Output);
            await errors.WriteAsync(result.Errors);
            if (result.Failure is { } failure) Messages.Problem($"{result.Input}: {failure.Message}");
            else if (result.Run is { Exit: not 0 } run) Messages.Problem($"{result.Input}: exit code {run.Exit} on {run.Machine.Address}");
        }
        if (json)
            Documents.Print(
                new SpreadReport(inputs, inputs - failed, failed, [.. machines.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new SpreadMachine(m.Key, m.Value.Runs, m.Value.Failed))], runs),
                Documents.Default.SpreadReport);
        return failed == 0 ? ExitCode.Done : ExitCode.WorkFailed;
    }

    void Count(SpreadResult result)
    {
        inputs++;
        var isBad = result.Run is not { Exit: 0 };
        if (isBad) failed++;
        if (result.Run?.Machine.Address is not { } address) return;
        var (count, bad) = machines.GetValueOrDefault(address);
        machines[address] = (count + 1, bad + (isBad ? 1 : 0));
    }
}
