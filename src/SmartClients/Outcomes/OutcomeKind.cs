namespace SmartClients.Outcomes;

/// <summary>What an attempt showed about its replica.</summary>
public enum OutcomeKind
{
    /// <summary>A good answer.</summary>
    Succeeded,

    /// <summary>The replica failed.</summary>
    Failed,

    /// <summary>The replica is alive but asked for less (429, 503 with Retry-After).</summary>
    PushedBack,

    /// <summary>Not the replica's doing: a bug in the action, a request nobody could carry out, the caller's cancellation.</summary>
    NotItsFault,

    /// <summary>Given up because another attempt answered first.</summary>
    Overtaken,
}
