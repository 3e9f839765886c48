using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>A piece of the file, as a request to the director.</summary>
internal readonly struct PieceRequest(Job job, Errand errand) : IRequest<bool>
{
    public async ValueTask<bool> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        var mirror = job.Mirrors.Of(attempt.Endpoint);
        try
        {
            await Fetch.RunAsync(job, errand, mirror, cancel).ConfigureAwait(false);
            return true;
        }
        catch (FileException error)
        {
            job.Failed(mirror, error);
            throw;
        }
    }

    public Outcome Judge(bool result) => Outcome.Success;

    // Nobody's fault: another mirror brought the piece meanwhile.
    public Outcome Judge(Exception error) =>
        error is OperationCanceledException && errand.Piece?.Over.IsCancellationRequested == true ? Outcome.Fault(error) : OfFile(job, error);

    public void Discard(bool result) { }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;

    /// <summary>A server that answers well, and has not this file, is blamed only when another has it.</summary>
    public static Outcome OfFile(Job job, Exception error) => error switch
    {
        FileException { Problem: FileProblem.Missing or FileProblem.Denied or FileProblem.BeyondEnd } =>
            Outcome.Failure(Delivery.Executed, error.Message, error) with { Answered = true },
        FileException => Classify.Exception(error),
        TargetException or NothingToFetchException => Outcome.Fault(error),
        _ => job.Director.Judge(error),
    };
}
