using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Tests.World;

/// <summary>A request whose results are judged by a function, as a protocol does, and which notes what it was told to discard.</summary>
internal readonly struct JudgedRequest(
    Func<Attempt, CancellationToken, ValueTask<string>> send, Func<string, Outcome> judge, List<string> discarded) : IRequest<string>
{
    /// <summary>An answer that begins with "5" is bad, as HTTP 500 is; 503 speaks of the server.</summary>
    public static Outcome LikeHttp(string result) => result.StartsWith('5')
        ? new Outcome { Kind = OutcomeKind.Failed, Delivery = Delivery.MayHaveExecuted, Answered = true, Reason = result[..3], IsOfTheServer = result.StartsWith("503", StringComparison.Ordinal) }
        : Outcome.Success;

    public ValueTask<string> SendAsync(Attempt attempt, CancellationToken cancel) => send(attempt, cancel);

    public Outcome Judge(string result) => judge(result);

    public Outcome Judge(Exception error) => Classify.Exception(error);

    public void Discard(string result) => discarded.Add(result);

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
