namespace SmartClients.Http.Etcd;

/// <summary>etcd could not be asked, refused, or gave an answer that makes no sense. The message says which, and what to do.</summary>
#pragma warning disable CA1032 // Always with a message.
public sealed class EtcdException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="inner">Why.</param>
    /// <param name="code">gRPC's number for it.</param>
    public EtcdException(string message, Exception? inner = null, int code = 0) : base(message, inner) => Code = code;

    /// <summary>gRPC's number for what went wrong (5: not found, 7: not permitted, 16: not logged in); 0 when etcd said nothing.</summary>
    public int Code { get; }

    /// <summary>Whether the nodes that answered, if any, had lost touch with the others, or were too slow.</summary>
    internal bool IsUnanswered => InnerException is not null || Code is 4 or 14;
}
#pragma warning restore CA1032
