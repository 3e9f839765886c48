namespace SmartClients;

/// <summary>Why a request was given up.</summary>
public enum UnavailableReason
{
    /// <summary>Every replica was tried, and every one failed.</summary>
    EveryReplicaFailed,

    /// <summary>The request may have been carried out and is not repeatable.</summary>
    NotRepeatable,

    /// <summary>The retry budget is spent: the service fails too often for more attempts to help.</summary>
    BudgetSpent,

    /// <summary>The request's time is over.</summary>
    TimedOut,

    /// <summary>The request's attempts are used up.</summary>
    AttemptsSpent,

    /// <summary>Nobody could be asked: the group has no members, or they cannot be learnt, or the request leaves them all out.</summary>
    NoMembers,
}
