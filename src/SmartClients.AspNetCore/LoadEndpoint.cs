using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SmartClients.Learning.Orca;

namespace SmartClients.AspNetCore;

/// <summary>Tells the load to who asks, and goes on telling it to who listens.</summary>
internal sealed class LoadEndpoint(LoadState load, ServiceState service, IOptions<LoadReportOptions> options, TimeProvider time)
{
    readonly LoadReportOptions options = options.Value;
    int listeners;

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)))
        {
            await ListenAsync(context);
            return;
        }
        service.WriteTo(context.Response);
        context.Response.ContentType = "application/json";
        await context.Response.BodyWriter.WriteAsync(OrcaWriter.Json(load.Report), context.RequestAborted);
    }

    async Task ListenAsync(HttpContext context)
    {
        if (!TryReadInterval(context.Request.Query[Wire.IntervalParameter], out var interval))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"{Wire.IntervalParameter} cannot be read: write a whole number of milliseconds above 0, once.\n", context.RequestAborted);
            return;
        }
        if (Interlocked.Increment(ref listeners) <= options.MaxListeners)
        {
            try
            {
                await TypedResults.ServerSentEvents(EventsAsync(interval, context.RequestAborted)).ExecuteAsync(context);
            }
            finally
            {
                Interlocked.Decrement(ref listeners);
            }
            return;
        }
        Interlocked.Decrement(ref listeners);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "10";
        await context.Response.WriteAsync($"There are {options.MaxListeners} listeners already: ask again later, or poll.\n", context.RequestAborted);
    }

    async IAsyncEnumerable<SseItem<string>> EventsAsync(TimeSpan interval, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(aborted, service.LeavingToken);
        while (!aborted.IsCancellationRequested)
        {
            var (told, toldAt, leaving) = (load.Report, time.GetTimestamp(), service.IsLeaving);
            yield return new SseItem<string>(Encoding.UTF8.GetString(OrcaWriter.Json(told)), leaving ? Wire.Leaving : Wire.LoadEvent);
            if (leaving) yield break;
            do
            {
                await Task.Delay(options.ShortestInterval, time, awake.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (!awake.IsCancellationRequested && time.GetElapsedTime(toldAt) < interval
                && !LoadChange.IsNoticeable(told, load.Report, options.NoticeableChange));
        }
    }

    /// <summary>What a listener asks for, moved into the bounds.</summary>
    bool TryReadInterval(Microsoft.Extensions.Primitives.StringValues asked, out TimeSpan interval)
    {
        interval = options.PushInterval;
        if (asked.Count == 0) return true;
        if (asked.Count > 1 || !int.TryParse(asked[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds == 0) return false;
        var wanted = TimeSpan.FromMilliseconds(milliseconds);
        interval = wanted < options.ShortestInterval ? options.ShortestInterval : wanted > options.LongestInterval ? options.LongestInterval : wanted;
        return true;
    }
}
