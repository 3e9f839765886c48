namespace SmartClients.Cli.Demo;

/// <summary>Where the demo tells what happens.</summary>
internal abstract class Screen : IAsyncDisposable
{
    /// <summary>One thing that happened, one line. From any thread.</summary>
    public abstract void Event(string text);

    /// <summary>The load begins: what there is to watch from now on.</summary>
    public virtual void Begin(DemoSettings settings, Director director, IReadOnlyList<ReplicaProcess> replicas, Tally tally) { }

    /// <summary>The last picture stays.</summary>
    public abstract ValueTask DisposeAsync();
}
