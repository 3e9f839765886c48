using SmartClients.Naming;

namespace SmartClients.Outcomes;

/// <summary>One try that failed: where, how, and how long it took.</summary>
/// <param name="Endpoint">The replica's address.</param>
/// <param name="Delivery">How far the request got there.</param>
/// <param name="Reason">What went wrong, in a few words.</param>
/// <param name="Elapsed">From the start of the attempt to its failure.</param>
/// <param name="Error">The exception, where there was one.</param>
public sealed record FailedAttempt(Endpoint Endpoint, Delivery Delivery, string Reason, TimeSpan Elapsed, Exception? Error)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Endpoint.Address}: {Reason.TrimEnd('.')} after {Elapsed.TotalMilliseconds:0.#} ms ({Words})";

    string Words => Delivery switch
    {
        Delivery.NeverSent => "never sent",
        Delivery.Rejected => "rejected before execution",
        Delivery.MayHaveExecuted => "may have executed",
        _ => "executed",
    };
}
