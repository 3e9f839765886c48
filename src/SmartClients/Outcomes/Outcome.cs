using SmartClients.Learning;

namespace SmartClients.Outcomes;

/// <summary>How one attempt ended, in terms that know no protocol.</summary>
public readonly record struct Outcome
{
    /// <summary>What the attempt showed about its replica.</summary>
    public OutcomeKind Kind { get; init; }

    /// <summary>How far the request got.</summary>
    public Delivery Delivery { get; init; }

    /// <summary>The replica answered, though badly: several replicas that answer alike point at the request, not at them.</summary>
    public bool Answered { get; init; }

    /// <summary>The answer speaks of the server and not of the request, as HTTP 503 does: however many give it, others are asked.</summary>
    public bool IsOfTheServer { get; init; }

    /// <summary>How long the replica asked to be left alone; zero when it did not say. Bounded by the director.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>The replica is leaving: it gets no new request.</summary>
    public bool Leaving { get; init; }

    /// <summary>A load report that came with the reply.</summary>
    public LoadReport? Report { get; init; }

    /// <summary>What went wrong in a few words, for people: "HTTP 503", "connection refused".</summary>
    public string? Reason { get; init; }

    /// <summary>The exception, where there was one.</summary>
    public Exception? Error { get; init; }

    /// <summary>A good answer.</summary>
    public static Outcome Success { get; } = new() { Kind = OutcomeKind.Succeeded, Delivery = Delivery.Executed };

    /// <summary>The replica failed.</summary>
    public static Outcome Failure(Delivery delivery, string reason, Exception? error = null) =>
        new() { Kind = OutcomeKind.Failed, Delivery = delivery, Reason = reason, Error = error };

    /// <summary>Not the replica's doing; the error goes to the caller unchanged.</summary>
    public static Outcome Fault(Exception error) =>
        new() { Kind = OutcomeKind.NotItsFault, Delivery = Delivery.MayHaveExecuted, Reason = error.Message, Error = error };
}
