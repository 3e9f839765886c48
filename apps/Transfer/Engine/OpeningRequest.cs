using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>The first request: the file from its beginning, whose size nobody knows yet. A page of HTML in the stead of a file is a bad
/// answer: another mirror's better one shows it, and where all answer alike it was the file.</summary>
internal readonly struct OpeningRequest(Job job) : IRequest<Opened>
{
    public async ValueTask<Opened> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        var mirror = job.Mirrors.Of(attempt.Endpoint);
        try
        {
            var file = await job.AskAsync(mirror, (protocol, at) => protocol.OpenAsync(at, FilePart.Whole, cancel)).ConfigureAwait(false);
            return new Opened(mirror, file);
        }
        catch (FileException error)
        {
            job.Failed(mirror, error);
            throw;
        }
    }

    public Outcome Judge(Opened result)
    {
        if (!Hearing.IsErrorPage(result.File.Facts, result.Mirror.Address)) return Outcome.Success;
        return Outcome.Failure(Delivery.Executed, Hearing.Page) with { Answered = true };
    }

    public Outcome Judge(Exception error) => PieceRequest.OfFile(job, error);

    public void Discard(Opened result)
    {
        if (Hearing.IsErrorPage(result.File.Facts, result.Mirror.Address)) job.LeaveOut(result.Mirror, Hearing.Page);
        _ = result.File.DisposeAsync().AsTask();
    }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
