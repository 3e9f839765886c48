namespace SmartClients.Http.Rehearsing;

/// <summary>What a replica of the rehearsal does.</summary>
internal enum Scene
{
    /// <summary>It answers.</summary>
    Good,

    /// <summary>It answers 503.</summary>
    Unavailable,

    /// <summary>It takes no connection.</summary>
    Refused,

    /// <summary>The connection breaks under way.</summary>
    Broken,

    /// <summary>It does not answer until it is asked no more.</summary>
    Silent,
}
