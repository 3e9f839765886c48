using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>The paper's request, in the form that the director works with.</summary>
internal readonly struct AppliedRequest(IRequest request, Func<Exception, Outcome?>? classify) : IRequest<bool>
{
    public ValueTask<bool> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        var done = request.ActionAsync(attempt.Endpoint, cancel);
        return done.IsCompletedSuccessfully ? new ValueTask<bool>(true) : Later(done);

        static async ValueTask<bool> Later(Task done)
        {
            await done.ConfigureAwait(false);
            return true;
        }
    }

    public Outcome Judge(bool result) => Outcome.Success;

    public Outcome Judge(Exception error) => classify?.Invoke(error) ?? Classify.Exception(error);

    public void Discard(bool result) { }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) =>
        new(request.CleanUpAsync(failed, outcome.Error ?? new RequestException(outcome.Reason ?? "the replica failed", outcome.Delivery)));
}
