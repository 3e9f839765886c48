using System.Globalization;

namespace SmartClients.Bench.Load;

/// <summary>Sends every request when it is due, whatever became of those before; latency counts from then.</summary>
internal sealed class OpenLoop(LoadPlan plan, IReadOnlyList<HttpClient> clients, TimeProvider time)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends all, and waits for the last answer.</summary>
    /// <returns>What became of those that count.</returns>
    public async Task<IReadOnlyList<Sent>> RunAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var under = new Task<Sent>[plan.Requests.Count];
        using (var timer = new PeriodicTimer(Tick, time))
        {
            for (var sent = 0; sent < under.Length; await timer.WaitForNextTickAsync(cancel))
                for (var now = time.GetElapsedTime(began).TotalMilliseconds; sent < under.Length && plan.Requests[sent].AtMs <= now; sent++)
                {
                    var request = plan.Requests[sent];
                    under[sent] = Task.Run(() => OneAsync(request, began, cancel), cancel);
                }
        }
        var all = await Task.WhenAll(under);
        return [.. all.Where((_, i) => plan.Requests[i].AtMs >= plan.CountFromMs)];
    }

    async Task<Sent> OneAsync(LoadRequest request, long began, CancellationToken cancel)
    {
        var late = Since(began, request);
        string? error = null;
        var left = plan.DeadlineMs is { } ms ? TimeSpan.FromMilliseconds(Math.Max(0, ms - late)) : Timeout.InfiniteTimeSpan;
        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await SendAsync(clients[request.Client], request.WorkMs, either.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            error = failure switch
            {
                OperationCanceledException => "time-out",
                HttpRequestException { StatusCode: { } status } => "HTTP " + ((int)status).ToString(CultureInfo.InvariantCulture),
                { InnerException: ServiceUnavailableException } => "service unavailable",
                _ => failure.GetType().Name,
            };
        }
        var took = Since(began, request);
        // What fails early is no better than what fails late.
        return new Sent(error is null ? took : Math.Max(took, plan.DeadlineMs ?? 0), late, error);
    }

    double Since(long began, LoadRequest request) => time.GetElapsedTime(began).TotalMilliseconds - request.AtMs;

    internal static async Task SendAsync(HttpClient client, double workMs, CancellationToken cancel)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"work/{workMs:0.###}"), UriKind.Relative);
        using var response = await client.GetAsync(address, cancel).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
