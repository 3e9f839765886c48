using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>
/// What becomes of attempts and results that nobody waits for any more. Their exceptions, and those of whoever is told to drop them,
/// reach nobody: there is nobody to reach.
/// </summary>
internal static class Unwanted
{
    /// <summary>Drops a result.</summary>
    public static void Discard<TRequest, TResult>(TRequest request, TResult? result) where TRequest : IRequest<TResult>
    {
        if (result is null) return;
        try
        {
            request.Discard(result);
        }
        catch (Exception)
        {
            // What else there is to close must be closed.
        }
    }

    /// <summary>Tells an attempt to stop.</summary>
    public static void Cancel(Attempt attempt)
    {
        try
        {
            attempt.Cancel();
        }
        catch (AggregateException)
        {
            // What the action registered for cancellation threw; the attempt is given up all the same.
        }
    }

    /// <summary>An abandoned attempt has ended: whatever it brought is dropped.</summary>
    public static void GiveUp<TRequest, TResult>(TRequest request, Attempt attempt, ValueTask<TResult> ended) where TRequest : IRequest<TResult>
    {
        try
        {
            Discard(request, ended.GetAwaiter().GetResult());
        }
        catch (Exception)
        {
            // It was cancelled.
        }
        attempt.Release();
    }

    /// <summary>An attempt that went on for what it teaches has ended: what it teaches.</summary>
    public static Outcome Judge<TRequest, TResult>(TRequest request, Attempt attempt, ValueTask<TResult> ended) where TRequest : IRequest<TResult>
    {
        try
        {
            try
            {
                var result = ended.GetAwaiter().GetResult();
                var outcome = request.Judge(result);
                Discard(request, result);
                return outcome;
            }
            catch (Exception error)
            {
                return attempt.Token.IsCancellationRequested ? Outcome.Failure(Delivery.MayHaveExecuted, "no answer in time", error)
                    : request.Judge(error);
            }
        }
        catch (Exception bug)
        {
            return Outcome.Fault(bug);
        }
        finally
        {
            attempt.Release();
        }
    }
}
