using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>
/// A request in the form that protocols use: its results can be judged (a reply may be a failure) and given up. Make it a struct
/// and sending it allocates nothing beyond what the action does.
/// </summary>
/// <typeparam name="TResult">What an attempt gives back.</typeparam>
public interface IRequest<TResult>
{
    /// <summary>One attempt.</summary>
    /// <param name="attempt">Where, and how to keep it open beyond the return. Valid until the attempt ends, no longer.</param>
    /// <param name="cancel">Cancelled when the caller gives up or the attempt is no longer wanted. Valid as long as the attempt.</param>
    ValueTask<TResult> SendAsync(Attempt attempt, CancellationToken cancel);

    /// <summary>What a result says about the replica.</summary>
    Outcome Judge(TResult result);

    /// <summary>What an exception says about the replica.</summary>
    Outcome Judge(Exception error);

    /// <summary>What the caller is thrown where no replica carried the request out: in the protocol's own terms, with
    /// <paramref name="error"/> inside. As it is, when left out.</summary>
    Exception Unavailable(ServiceUnavailableException error) => error;

    /// <summary>A result that nobody will see: a loser's, or a bad one that was bettered.</summary>
    void Discard(TResult result);

    /// <summary>Cleans up after a replica that failed, before the next attempt; within the request's time.</summary>
    ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome);
}
