using System.Collections.Immutable;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Candidates;

/// <summary>Who may be tried, at one moment: an immutable snapshot that picks read without a lock.</summary>
internal sealed class Shortlist
{
    public static readonly Shortlist Empty = new([], [], [], long.MaxValue, 0);

    public Shortlist(Replica[] ready, Replica[] lastResort, Replica[] due, long nextChange, int version)
    {
        (Ready, LastResort, Due, NextChange, Version) = (ready, lastResort, due, nextChange, version);
        foreach (var replica in ready)
        {
            MaxWeight = Math.Max(MaxWeight, replica.Endpoint.Weight);
            Warming |= replica.Standing.State == ReplicaState.Warming;
        }
        Steady = Warming ? Array.FindAll(ready, r => r.Standing.State != ReplicaState.Warming) : ready;
    }

    /// <summary>Those that take requests; all of them when none would.</summary>
    public Replica[] Ready { get; }

    /// <summary>Those asked only once everybody ready has failed a request.</summary>
    public Replica[] LastResort { get; }

    /// <summary>Ejected ones whose time is over: the next repeatable request tries one of them.</summary>
    public Replica[] Due { get; }

    /// <summary>When the list must be made anew because a rest, an ejection or a warm-up ends; nanoseconds.</summary>
    public long NextChange { get; }

    /// <summary>Rises with every change, so that a policy can keep what it computed from the list.</summary>
    public int Version { get; }

    /// <summary>The largest weight among the ready.</summary>
    public double MaxWeight { get; }

    /// <summary>Whether anybody ready gets less than its share yet.</summary>
    public bool Warming { get; }

    /// <summary>The ready ones that get their full share.</summary>
    public Replica[] Steady { get; }

    /// <summary>Who is ready, or else of last resort, and not yet tried; nobody when all were.</summary>
    /// <param name="tried">Those left out.</param>
    /// <param name="lastResort">Whether those that are out may be asked: a hedge does not go to who asked to be left alone.</param>
    /// <param name="leaveOut">Whom else the request leaves out.</param>
    public Replica[] Untried(ReadOnlySpan<Replica> tried, bool lastResort = true, Func<Endpoint, bool>? leaveOut = null)
    {
        var left = Without(Ready, tried, leaveOut);
        return left.Length > 0 || !lastResort ? left : Without(LastResort, tried, leaveOut);
    }

    /// <summary>The same list for a request that leaves some out.</summary>
    public Shortlist Without(Func<Endpoint, bool> leaveOut)
    {
        var ready = Untried([], lastResort: true, leaveOut);
        return new Shortlist(ready, Without(LastResort, ready, leaveOut), Without(Due, [], leaveOut), NextChange, Version);
    }

    static Replica[] Without(Replica[] from, ReadOnlySpan<Replica> tried, Func<Endpoint, bool>? leaveOut)
    {
        var left = ImmutableArray.CreateBuilder<Replica>(from.Length);
        foreach (var replica in from)
            if (!tried.Contains(replica) && leaveOut?.Invoke(replica.Endpoint) is not true) left.Add(replica);
        return left.ToArray();
    }
}
