namespace SmartClients.Simulation.Servers;

/// <summary>
/// How long requests took, by how many were there when they came (Prequal §4): the latest sixteen of each. A single ring of all would keep an
/// idle server's estimate at what it was under load.
/// </summary>
internal sealed class LatencyMemory
{
    const int Latest = 16;
    const int MostTags = 1024;

    sealed class Ring
    {
        public readonly float[] Milliseconds = new float[Latest];
        public int Count;
    }

    readonly List<Ring?> rings = [];
    readonly float[] sorted = new float[2 * Latest];

    public void Add(int present, long nanoseconds)
    {
        var tag = Math.Min(present, MostTags - 1);
        while (rings.Count <= tag) rings.Add(null);
        var ring = rings[tag] ??= new Ring();
        ring.Milliseconds[ring.Count++ % Latest] = nanoseconds / 1e6f;
    }

    /// <summary>The median of at least sixteen that came with about as many present; nothing before any came.</summary>
    public double? Median(int present)
    {
        var tag = Math.Min(present, MostTags - 1);
        var count = 0;
        for (var away = 0; count < Latest && (tag - away >= 0 || tag + away < rings.Count); away++)
        {
            Take(tag - away, ref count);
            if (away > 0 && count < Latest) Take(tag + away, ref count);
        }
        if (count == 0) return null;
        Array.Sort(sorted, 0, count);
        return sorted[count / 2];
    }

    void Take(int tag, ref int count)
    {
        if (tag < 0 || tag >= rings.Count || rings[tag] is not { } ring) return;
        for (var i = Math.Min(ring.Count, Latest); --i >= 0 && count < sorted.Length;) sorted[count++] = ring.Milliseconds[i];
    }
}
