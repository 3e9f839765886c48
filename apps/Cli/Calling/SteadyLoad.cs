using SmartClients.Cli.Load;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Calling;

/// <summary>Many requests at a steady rate, and what became of them.</summary>
internal sealed class SteadyLoad(CallSettings settings, int count, RequestTemplate template, ReplicatedClient client, TimeProvider time)
{
    const int MostInFlight = 1000;
    const int AtOnce = 8;

    readonly Latencies latencies = new();
    long succeeded;
    long failed;
    string? firstFailure;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        // A group that cannot be read is one mistake, not as many failures as there are requests.
        await client.Director.ReadyAsync(stop);
        var loop = new OpenLoop(time, settings.Rate ?? double.PositiveInfinity, settings.Concurrency ?? (settings.Rate is null ? AtOnce : MostInFlight));
        var began = time.GetTimestamp();
        var running = loop.RunAsync(count, (_, meant) => OneAsync(meant, stop), stop);
        if (Terminal.ErrorIsLive) await LoadProgress.ShowAsync(running, count, () => latencies.Count, time);
        await running;
        var summary = Summary(time.GetElapsedTime(began));
        if (settings.Json) Documents.Print(summary, Documents.Default.LoadSummary);
        else LoadTable.Write(summary);
        if (firstFailure is { } why) Messages.Problem($"{failed} of {summary.Requests} failed, the first: {why}");
        return stop.IsCancellationRequested ? ExitCode.Interrupted : failed > 0 ? ExitCode.WorkFailed : ExitCode.Done;
    }

    async Task OneAsync(long meant, CancellationToken stop)
    {
        string? failure = null;
        try
        {
            using var request = template.Make();
            using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            await BodyReader.CopyAsync(response.Content, Stream.Null, long.MaxValue, settings.Patience, time, stop);
            if ((int)response.StatusCode >= 400) failure = $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Neither done nor failed: the user ended it.
            return;
        }
        catch (Exception error)
        {
            failure = error.InnerException is ServiceUnavailableException inner ? inner.Message : error.Message;
        }
        latencies.Add(time.GetElapsedTime(meant));
        if (failure is null)
        {
            Interlocked.Increment(ref succeeded);
            return;
        }
        Interlocked.Increment(ref failed);
        Interlocked.CompareExchange(ref firstFailure, failure, null);
    }

    LoadSummary Summary(TimeSpan took)
    {
        var endpoints = client.Director.Members.Select(member => (member.Endpoint.Address, At: client.Counts.At(member.Endpoint.Address))).ToList();
        double all = Math.Max(1, endpoints.Sum(e => e.At.Attempts));
        return new LoadSummary(
            succeeded + failed, succeeded, failed, client.Counts.Retried, client.Counts.Hedged,
            latencies.QuantileMs(0.5), latencies.QuantileMs(0.99), latencies.LongestMs, Math.Round(took.TotalSeconds, 3),
            [.. endpoints.Select(e => new EndpointSummary(e.Address, e.At.Attempts, e.At.Failures, Math.Round(e.At.Attempts / all, 4)))]);
    }
}
