namespace SmartClients.Picking;

/// <summary>Why an attempt is made.</summary>
public enum Cause
{
    /// <summary>No attempt is wanted.</summary>
    None,

    /// <summary>The request's first.</summary>
    First,

    /// <summary>An earlier one failed.</summary>
    Retry,

    /// <summary>An earlier one is slow.</summary>
    Hedge,

    /// <summary>An earlier one is on a replica that was found dead since.</summary>
    Reapply,
}
