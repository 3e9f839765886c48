using SmartClients.Learning;
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
            if (await LoadSource.ReadAsync(response, both.Token).ConfigureAwait(false) is not { } report) return source.AfterFailure(ref failures);
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
}
