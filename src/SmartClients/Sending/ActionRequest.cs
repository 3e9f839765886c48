using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>An action given as a delegate.</summary>
internal readonly struct ActionRequest<TResult>(
    Func<Endpoint, CancellationToken, ValueTask<TResult>> action, Func<Exception, Outcome?>? classify) : IRequest<TResult>
{
    public ValueTask<TResult> SendAsync(Attempt attempt, CancellationToken cancel) => action(attempt.Endpoint, cancel);

    public Outcome Judge(TResult result) => Outcome.Success;

    public Outcome Judge(Exception error) => classify?.Invoke(error) ?? Classify.Exception(error);

    public void Discard(TResult result)
    {
        switch (result)
        {
            case IAsyncDisposable later:
                _ = later.DisposeAsync().AsTask();
                break;
            case IDisposable now:
                now.Dispose();
                break;
        }
    }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
