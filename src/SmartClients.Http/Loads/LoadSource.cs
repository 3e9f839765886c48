using System.Net;
using System.Net.Http.Headers;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.Http.Loads;

/// <summary>Asks one replica for its load, and knows how long to wait after each kind of answer.</summary>
internal sealed class LoadSource(HttpMessageInvoker client, HttpLoadOptions options, TimeProvider time)
{
    public const string EventStream = "text/event-stream";

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public HttpLoadOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Sends the question; returns with the head of the answer.</summary>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="listen">Whether to listen from now on.</param>
    /// <param name="cancel">Ends the question, and with it the reading of the answer.</param>
    public async Task<HttpResponseMessage> AskAsync(Endpoint endpoint, bool listen, CancellationToken cancel)
    {
        var address = $"{options.Scheme}://{endpoint.Address}{options.Path}";
        if (listen) address += $"{(options.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Wire.IntervalParameter}={Math.Round(options.Interval.TotalMilliseconds)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(listen ? EventStream : "application/json"));
        if (endpoint.Authority is { } authority) request.Headers.Host = authority;
        // An HttpClient asked like any other invoker would wait for the end of the body.
        return client is HttpClient whole
            ? await whole.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false)
            : await client.SendAsync(request, cancel).ConfigureAwait(false);
    }

    /// <summary>The report in an answer; <see langword="null"/> when there is none that can be read.</summary>
    public static async Task<LoadReport?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        // One byte above the limit, so that the reader sees it and refuses.
        var buffer = new byte[OrcaReader.MostLength + 1];
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
            return OrcaReader.TryParseJson(buffer.AsSpan(0, length), out var report) ? report : null;
        }
    }

    /// <summary>How long to wait after an answer without a report.</summary>
    public TimeSpan After(HttpResponseMessage response, ref int failures)
    {
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable or HttpStatusCode.Gone
            or HttpStatusCode.NotImplemented or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return options.LeaveAlone;
        var pause = AfterFailure(ref failures);
        var asked = response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        return asked <= pause ? pause : asked < options.LeaveAlone ? asked : options.LeaveAlone;
    }

    /// <summary>How long to wait after a broken connection or an answer that makes no sense.</summary>
    public TimeSpan AfterFailure(ref int failures)
    {
        var pause = FirstPause * (1 << Math.Min(failures, 12));
        failures++;
        return pause < options.MaxBackoff ? pause : options.MaxBackoff;
    }
}
