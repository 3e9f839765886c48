namespace SmartClients.Benchmarks.Mirrors;

/// <summary>Three mirrors of one file, with limits, and the same without.</summary>
abstract class MirrorSet : IDisposable
{
    public static readonly double[] Limits = [20, 40, 80];

    /// <summary>What it is, for people.</summary>
    public abstract string About { get; }

    /// <summary>The three, slowest first.</summary>
    public abstract IReadOnlyList<Mirror> Start(MirrorFiles files, bool corrupt);

    /// <summary>Ends all that runs of them.</summary>
    public abstract void Stop();

    public void Dispose() => Stop();
}
