namespace SmartClients.Kubernetes;

/// <summary>What an event of a watch says of a slice.</summary>
internal enum WatchEventType
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It has changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>Nothing, but that all is told up to its version.</summary>
    Bookmark,
}
