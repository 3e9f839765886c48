namespace SmartClients.Http;

/// <summary>Who follows a redirection.</summary>
internal enum Redirects
{
    /// <summary>Nobody: the caller gets it.</summary>
    ReachTheCaller,

    /// <summary>A handler further in, which makes another request out of the message that it was given.</summary>
    AreFollowedInside,

    /// <summary>The attempt, with a message for each.</summary>
    AreFollowedHere,
}
