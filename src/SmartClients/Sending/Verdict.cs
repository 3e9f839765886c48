namespace SmartClients.Sending;

/// <summary>What an ended attempt means for its request.</summary>
internal enum Verdict
{
    /// <summary>This is the answer.</summary>
    Answer,

    /// <summary>It failed: clean up, and go on with whatever else is under way or wanted.</summary>
    GoOn,

    /// <summary>Not the replica's doing: the caller gets the error as it is.</summary>
    Fault,
}
