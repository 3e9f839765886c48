using System.Net.ServerSentEvents;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.Http.Loads;

/// <summary>Listens to one replica's load for as long as its stream lasts.</summary>
internal sealed class LoadListener(Director director, LoadSource source)
{
    const int MostAtOnce = 100;
    const double MostPerSecond = 50;

    int failures;

    public async ValueTask<TimeSpan> VisitAsync(Endpoint endpoint, CancellationToken cancel)
    {
        try
        {
            using var silence = new CancellationTokenSource(source.Options.Timeout, source.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
            using var response = await source.AskAsync(endpoint, listen: true, both.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return source.After(response, ref failures);
            // A server that can only be polled answers with one report.
            if (response.Content.Headers.ContentType?.MediaType is not LoadSource.EventStream) return source.Options.LeaveAlone;
            return await ListenAsync(endpoint, response, silence, both.Token).ConfigureAwait(false);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return source.AfterFailure(ref failures);
        }
    }

    async Task<TimeSpan> ListenAsync(Endpoint endpoint, HttpResponseMessage response, CancellationTokenSource silence, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var limited = new LimitedStream(body, OrcaReader.MostLength);
        var (beganAt, events) = (source.Time.GetTimestamp(), 0);
        var longest = source.Options.Interval + source.Options.Timeout;
        silence.CancelAfter(longest);
        await foreach (var item in SseParser.Create(limited, static (type, data) => (type, Read(data))).EnumerateAsync(cancel).ConfigureAwait(false))
        {
            limited.Reset();
            silence.CancelAfter(longest);
            var (type, report) = item.Data;
            if (++events > MostAtOnce + MostPerSecond * source.Time.GetElapsedTime(beganAt).TotalSeconds) return source.Options.LeaveAlone;
            if (!director.HasMember(endpoint.Address)) return TimeSpan.Zero;
            if (report is { HasFigures: true })
            {
                director.Report(endpoint.Address, report, ReportSource.Pushed);
                failures = 0;
            }
            if (type == Wire.Leaving) director.Leaving(endpoint.Address);
        }
        return source.AfterFailure(ref failures);
    }

    static LoadReport? Read(ReadOnlySpan<byte> data) => OrcaReader.TryParseJson(data, out var report) ? report : null;
}
