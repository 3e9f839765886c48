namespace SmartClients.Kubernetes;

/// <summary>A cluster could not be asked, refused, or gave an answer that makes no sense. The message says which, and what to do.</summary>
#pragma warning disable CA1032 // Always with a message.
public sealed class ClusterException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="inner">Why.</param>
    /// <param name="status">The HTTP status.</param>
    public ClusterException(string message, Exception? inner = null, int status = 0) : base(message, inner) => Status = status;

    /// <summary>The HTTP status that the API server gave, in its answer or in a watch; 0 when it gave none.</summary>
    public int Status { get; }

    /// <summary>What was asked for lies further back than the server remembers: everything must be read anew.</summary>
    internal bool IsGone => Status == 410;

    /// <summary>A watch's line made no sense: a dying server did not finish it, perhaps.</summary>
    internal bool IsBroken { get; init; }
}
#pragma warning restore CA1032
