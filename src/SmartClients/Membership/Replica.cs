using SmartClients.Learning;
using SmartClients.Naming;

namespace SmartClients.Membership;

/// <summary>
/// One member of the group: its endpoint, its standing, and what was learnt of it. The same object for as long as the same
/// address is known, however often the group is told anew.
/// </summary>
public sealed class Replica
{
    Endpoint endpoint;
    Vitals vitals;
    object? attachment;
    object? kept;
    double weight;

    internal Replica(Endpoint endpoint) => (this.endpoint, weight) = (endpoint, endpoint.Weight);

    /// <summary>Address and metadata; a newer set may change the metadata, never the address.</summary>
    public Endpoint Endpoint
    {
        get => Volatile.Read(ref endpoint);
        internal set
        {
            Volatile.Write(ref endpoint, value);
            Volatile.Write(ref weight, value.Weight);
        }
    }

    /// <summary>The endpoint's weight, kept here as well: it is read for each candidate of each pick, and is one memory access less.</summary>
    internal double Weight => Volatile.Read(ref weight);

    /// <summary>What was learnt.</summary>
    public ref readonly Vitals Vitals => ref vitals;

    /// <summary>Whether it takes requests, and if not, why and until when.</summary>
    public Standing Standing { get; private init; } = new();

    internal ref Vitals Learning => ref vitals;

    /// <summary>Keep-alives lost in a row.</summary>
    internal int KeepAlivesLost;

    /// <summary>1 while it is being asked for its load by a probe.</summary>
    internal int Probing;

    /// <summary>Probes lost in a row, and until when it is not probed for that; nanoseconds.</summary>
    internal int ProbesLost;

    /// <inheritdoc cref="ProbesLost"/>
    internal long NoProbeUntil;

    /// <summary>Something that a protocol keeps with the replica (a connection, rewritten addresses), made on first use.</summary>
    /// <typeparam name="T">One protocol's type; a second type on the same replica replaces the first.</typeparam>
    public T Attached<T>(Func<Endpoint, T> make) where T : class
    {
        ArgumentNullException.ThrowIfNull(make);
        if (Volatile.Read(ref attachment) is T present) return present;
        var made = make(Endpoint);
        Volatile.Write(ref attachment, made);
        return made;
    }

    /// <summary>What the director's policy keeps with the replica, made on first use: it outlives every change of the group, and costs a
    /// pick no search. All threads get the same one.</summary>
    /// <typeparam name="T">The policy's own type, best a sealed one. A policy that wraps another leaves the place to that one.</typeparam>
    public T Kept<T>(Func<Replica, T> make) where T : class
    {
        if (Volatile.Read(ref kept) is T present) return present;
        ArgumentNullException.ThrowIfNull(make);
        var made = make(this);
        for (var before = Volatile.Read(ref kept); ; before = Volatile.Read(ref kept))
        {
            if (before is T theirs) return theirs;
            if (Interlocked.CompareExchange(ref kept, made, before) == before) return made;
        }
    }

    /// <summary>A replica of its own for another director, which knows what this one knows and has nothing in flight.</summary>
    internal Replica Copy() => new(Endpoint) { vitals = vitals.Copy(), Standing = Standing.Copy() };

    /// <summary>The address.</summary>
    public override string ToString() => endpoint.Address;
}
