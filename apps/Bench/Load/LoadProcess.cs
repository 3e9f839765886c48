using System.Text.Json;
using SmartClients.Bench.Processes;

namespace SmartClients.Bench.Load;

/// <summary>A process of clients: reads its plan from standard input, says when it begins, and writes what became of the requests. It is the same
/// for every wiring; only how a client is made differs.</summary>
public static class LoadProcess
{
    internal const string Started = "started";

    const int Rehearsals = 600;
    const int AtOnce = 8;

    /// <summary>Runs it.</summary>
    /// <param name="orders">Where the plan comes from; when it ends early, so does the process.</param>
    /// <param name="results">Where the result goes.</param>
    /// <param name="connect">Makes a client: its base address leads to the replicas.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(TextReader orders, TextWriter results, Func<LoadPlan, int, HttpClient> connect, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(connect);
        var line = await orders.ReadLineAsync(cancel) ?? throw new IOException("There is no plan on standard input.");
        var plan = JsonSerializer.Deserialize(line, Wire.Default.LoadPlan)!;
        using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // A console is read in the calling thread, whatever the method's name says.
        _ = Task.Run(() => EndWithAsync(orders, orphaned), CancellationToken.None);
        try
        {
            await MeasureAsync(plan, results, connect, time, orphaned.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && orphaned.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    static async Task MeasureAsync(LoadPlan plan, TextWriter results, Func<LoadPlan, int, HttpClient> connect, TimeProvider time, CancellationToken cancel)
    {
        await RehearseAsync(plan, connect, time, cancel);
        HttpClient[] clients = [.. Enumerable.Range(0, plan.Clients).Select(i => connect(plan, i))];
        await results.WriteLineAsync(Started);
        await results.FlushAsync(cancel);
        var sent = await new OpenLoop(plan, clients, time).RunAsync(cancel);
        await results.WriteLineAsync(JsonSerializer.Serialize(LoadResult.Of(sent), Wire.Default.LoadResult));
        await results.FlushAsync(cancel);
    }

    // Every path of code costs when it first runs. The clients that learn something here are not those that are measured.
    static async Task RehearseAsync(LoadPlan plan, Func<LoadPlan, int, HttpClient> connect, TimeProvider time, CancellationToken cancel)
    {
        using var client = connect(plan with { DeadlineMs = 5000, AttemptTimeoutMs = null }, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, Rehearsals), options, async (_, token) =>
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
            try
            {
                await OpenLoop.SendAsync(client, 0.1, either.Token);
            }
            catch (Exception) when (!token.IsCancellationRequested)
            {
                // A replica that fails from the beginning does so here too.
            }
        });
    }

    static async Task EndWithAsync(TextReader orders, CancellationTokenSource end)
    {
        while (await orders.ReadLineAsync() is not null)
        {
            // Nothing else is to be told.
        }
        await end.CancelAsync();
    }
}
