using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>What a mirror says of the file, without its bytes. The connection is kept, and the mirror's first piece comes over it.</summary>
internal readonly struct MeetingRequest(Job job, Action<Endpoint> asked) : IRequest<Met>
{
    public async ValueTask<Met> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        asked(attempt.Endpoint);
        var mirror = job.Mirrors.Of(attempt.Endpoint);
        try
        {
            return new Met(mirror, await job.AskAsync(mirror, (protocol, at) => protocol.LookAsync(at, cancel)).ConfigureAwait(false));
        }
        catch (FileException error)
        {
            job.Failed(mirror, error);
            throw;
        }
    }

    // A page of HTML in the stead of the file is not judged here: whoever fetches from this mirror sees it too.
    public Outcome Judge(Met result) => Outcome.Success;

    public Outcome Judge(Exception error) => PieceRequest.OfFile(job, error);

    public void Discard(Met result) { }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
