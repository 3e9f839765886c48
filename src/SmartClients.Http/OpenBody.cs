using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>
/// A reply's body that is still coming: its attempt is in flight until the last byte, a failure, disposal, or the garbage collector,
/// whichever is first.
/// </summary>
#pragma warning disable CA1816 // Not IDisposable: it is over at the last byte, which is no disposal.
internal sealed class OpenBody(Attempt attempt, Director director)
{
    ~OpenBody() => attempt.End(Outcome.Success);

    /// <summary>Read to its end, or no longer wanted.</summary>
    public void Ended()
    {
        attempt.End(Outcome.Success);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reading threw.</summary>
    public void Failed(Exception error)
    {
        var outcome = error is OperationCanceledException ? Outcome.Success : director.Judge(error);
        attempt.End(outcome.Kind == OutcomeKind.Failed ? outcome : Outcome.Success);
        GC.SuppressFinalize(this);
    }
}
#pragma warning restore CA1816
