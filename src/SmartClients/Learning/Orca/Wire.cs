namespace SmartClients.Learning.Orca;

/// <summary>The names by which servers and clients help each other over HTTP: both sides take them from here.</summary>
public static class Wire
{
    /// <summary>The reply header that carries a load report (gRFC A51).</summary>
    public const string LoadMetrics = "endpoint-load-metrics";

    /// <summary>The reply header that tells what becomes of the replica; its one value is <see cref="Leaving"/>.</summary>
    public const string ServiceState = "Service-State";

    /// <summary>The replica finishes what it has and takes nothing new for long. Also the type of a pushed event.</summary>
    public const string Leaving = "leaving";

    /// <summary>The reply header that tells of the group; its one value is <see cref="Changed"/>.</summary>
    public const string ServiceGroup = "Service-Group";

    /// <summary>The group has changed: ask your source again.</summary>
    public const string Changed = "changed";

    /// <summary>The reply header that names the group's members beside <see cref="Changed"/>: <c>host:port, host:port*weight</c>, all of
    /// them. Clients believe it only where they were told to.</summary>
    public const string ServiceMembers = "Service-Members";

    /// <summary>Where a server is asked for its load, unless agreed otherwise.</summary>
    public const string LoadPath = "/.well-known/load";

    /// <summary>Where a server is asked for the members of its group, unless agreed otherwise.</summary>
    public const string MembersPath = "/.well-known/members";

    /// <summary>The query parameter by which a listener asks for the longest time between two events, in milliseconds.</summary>
    public const string IntervalParameter = "interval_ms";

    /// <summary>The type of a pushed event that carries a load report in JSON.</summary>
    public const string LoadEvent = "load";
}
