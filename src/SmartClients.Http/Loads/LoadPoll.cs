using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.Http.Loads;

/// <summary>Asks one replica for its load.</summary>
internal sealed class LoadPoll(Director director, LoadSource source)
{
    int failures;

    public async ValueTask<TimeSpan> VisitAsync(Endpoint endpoint, CancellationToken cancel)
    {
        try
        {
            using var late = new CancellationTokenSource(source.Options.Timeout, source.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            using var response = await source.AskAsync(endpoint, listen: false, both.Token).ConfigureAwait(false);
            if (ReplySignals.Read(response).Leaving) director.Leaving(endpoint.Address);
            if (!response.IsSuccessStatusCode) return source.After(response, ref failures);
            if (!OrcaReader.TryParseJson((await ReadAsync(response, both.Token).ConfigureAwait(false)).Span, out var report)) return source.AfterFailure(ref failures);
            if (report.HasFigures) director.Report(endpoint.Address, report, ReportSource.Polled);
            failures = 0;
            return source.Options.Interval;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // Whether the replica lives is for requests and keep-alives to find out.
            return source.AfterFailure(ref failures);
        }
    }

    // One byte above the limit, so that the reader sees it and refuses.
    static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var buffer = new byte[OrcaReader.MostLength + 1];
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
            return buffer.AsMemory(0, await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false));
    }
}
