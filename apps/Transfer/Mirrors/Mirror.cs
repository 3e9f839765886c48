using SmartClients.Naming;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Mirrors;

/// <summary>One mirror, as this download knows it. How good it is otherwise, the director knows.</summary>
internal sealed class Mirror(int number, Endpoint endpoint, FileAddress address)
{
    const double Newest = 0.3;

    readonly Lock gate = new();
    readonly FileAddress[] places = [.. PlacesOf(address)];
    readonly List<Lane> lanes = [];
    int place;
    long bytes;
    int failures;

    public int Number => number;

    public Endpoint Endpoint => endpoint;

    /// <summary>Where it has the file, as far as is known.</summary>
    public FileAddress Address => places[Volatile.Read(ref place)];

    /// <summary>At how many places it may have the file.</summary>
    public int Places => places.Length;

    /// <summary>It has not got the file where it was looked for: it is looked for where else it may be, and from the first place again after
    /// the last.</summary>
    /// <param name="tried">Where it was looked for.</param>
    public void LookElsewhere(FileAddress tried)
    {
        lock (gate)
        {
            if (places[place] != tried) return;
            Volatile.Write(ref place, (place + 1) % places.Length);
            // What was said of the file there is not said of it here.
            (Facts, Version, IgnoresParts) = (null, null, false);
        }
    }

    /// <summary>What it said of the file; <see langword="null"/> before it was asked.</summary>
    public FileFacts? Facts { get; set; }

    /// <summary>The version that its bytes are of.</summary>
    public string? Version { get; set; }

    /// <summary>It sends the whole file, whatever part it is asked for.</summary>
    public bool IgnoresParts { get; set; }

    /// <summary>Why it is asked no more; <see langword="null"/> while it is.</summary>
    public string? Out { get; set; }

    /// <summary>It was left out for the size that it told: another size may be found to be the right one.</summary>
    public bool IsOutForItsSize { get; set; }

    /// <summary>It was left out for a version other than the one that it delivered before.</summary>
    public bool HasAnotherVersion { get; set; }

    /// <summary>What went wrong last.</summary>
    public string? Trouble { get; private set; }

    public long Bytes => Interlocked.Read(ref bytes);

    public int Failures => Volatile.Read(ref failures);

    /// <summary>Bytes a second; 0 when that is not known.</summary>
    public double Speed { get; private set; }

    public void Delivered(int count) => Interlocked.Add(ref bytes, count);

    public void Failed(string reason)
    {
        Interlocked.Increment(ref failures);
        Trouble = reason;
    }

    public void Took(long count, TimeSpan time)
    {
        if (count == 0 || time <= TimeSpan.Zero) return;
        lock (gate)
        {
            var its = count / time.TotalSeconds;
            Speed = Speed == 0 ? its : Speed + Newest * (its - Speed);
        }
    }

    static IEnumerable<FileAddress> PlacesOf(FileAddress address)
    {
        for (var at = address; at is not null; at = at.Otherwise) yield return at;
    }

    /// <summary>The positions that are open for reading.</summary>
    public IReadOnlyList<long> Positions
    {
        get { lock (gate) return [.. lanes.Select(lane => lane.Position)]; }
    }

    /// <summary>Takes the lane at a position; any lane at all that leads there, from a mirror that ignores parts.</summary>
    public Lane? TakeLane(long position)
    {
        lock (gate)
        {
            var at = lanes.FindIndex(lane => lane.Position == position || IgnoresParts && lane.Position < position);
            if (at < 0) return null;
            var lane = lanes[at];
            lanes.RemoveAt(at);
            return lane;
        }
    }

    /// <summary>Keeps a lane for whoever goes on from there.</summary>
    public void KeepLane(Lane lane)
    {
        lock (gate) lanes.Add(lane);
    }

    /// <summary>Every lane, to be closed.</summary>
    public IReadOnlyList<Lane> TakeLanes(Func<Lane, bool> which)
    {
        lock (gate)
        {
            var taken = lanes.Where(which).ToList();
            lanes.RemoveAll(taken.Contains);
            return taken;
        }
    }
}
