using System.Collections.Immutable;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Candidates;

/// <summary>Who may be tried, at one moment: an immutable snapshot that picks read without a lock.</summary>
internal sealed class Shortlist
{
    public static readonly Shortlist Empty = new([], [], [], [], long.MaxValue, 0);

    public Shortlist(Replica[] ready, Replica[][] spare, Replica[] lastResort, Replica[] due, long nextChange, int version)
    {
        (Ready, Spare, LastResort, Due, NextChange, Version) = (ready, spare, lastResort, due, nextChange, version);
        foreach (var replica in ready)
        {
            MaxWeight = Math.Max(MaxWeight, replica.Endpoint.Weight);
            Warming |= replica.Standing.State == ReplicaState.Warming;
        }
        Steady = Warming ? Array.FindAll(ready, r => r.Standing.State != ReplicaState.Warming) : ready;
    }

    /// <summary>Those that take requests; all of them when none would.</summary>
    public Replica[] Ready { get; }

    /// <summary>Those of lower priority that would take requests, the preferred first: asked once everybody ready has failed a request.</summary>
    public Replica[][] Spare { get; }

    /// <summary>Those asked only once everybody ready, and everybody spare, has failed a request.</summary>
    public Replica[] LastResort { get; }

    /// <summary>Ejected ones whose time is over: the next repeatable request tries one of them.</summary>
    public Replica[] Due { get; }

    /// <summary>When the list must be made anew because a rest, an ejection or a warm-up ends; nanoseconds.</summary>
    public long NextChange { get; }

    /// <summary>Rises whenever others are ready, or others than before in another order, so that a policy can keep what it computed from
    /// them; 0 for a list that is one request's own.</summary>
    public int Version { get; }

    /// <summary>The largest weight among the ready.</summary>
    public double MaxWeight { get; }

    /// <summary>Whether anybody ready gets less than its share yet.</summary>
    public bool Warming { get; }

    /// <summary>The ready ones that get their full share.</summary>
    public Replica[] Steady { get; }

    /// <summary>Who is ready, or else spare, or else of last resort, and not yet tried; nobody when all were.</summary>
    /// <param name="tried">Those left out.</param>
    /// <param name="readyOnly">Whether only the ready are asked: a hedge goes neither to a spare nor to who asked to be left alone.</param>
    /// <param name="leaveOut">Whom else the request leaves out.</param>
    public Replica[] Untried(ReadOnlySpan<Replica> tried, bool readyOnly = false, Func<Endpoint, bool>? leaveOut = null)
    {
        var left = Without(Ready, tried, leaveOut);
        if (left.Length > 0 || readyOnly) return left;
        foreach (var tier in Spare)
            if ((left = Without(tier, tried, leaveOut)).Length > 0) return left;
        return Without(LastResort, tried, leaveOut);
    }

    /// <summary>The same list for a request that leaves some out.</summary>
    public Shortlist Without(Func<Endpoint, bool> leaveOut)
    {
        var ready = Untried([], leaveOut: leaveOut);
        var spare = Array.ConvertAll(Spare, tier => Without(tier, ready, leaveOut));
        return new Shortlist(ready, spare, Without(LastResort, ready, leaveOut), Without(Due, [], leaveOut), NextChange, 0);
    }

    /// <summary>Whether a replica would take requests, were there none of higher priority.</summary>
    public bool IsSpare(Replica replica) => Array.Exists(Spare, tier => Array.IndexOf(tier, replica) >= 0);

    static Replica[] Without(Replica[] from, ReadOnlySpan<Replica> tried, Func<Endpoint, bool>? leaveOut)
    {
        var left = ImmutableArray.CreateBuilder<Replica>(from.Length);
        foreach (var replica in from)
            if (!tried.Contains(replica) && leaveOut?.Invoke(replica.Endpoint) is not true) left.Add(replica);
        return left.ToArray();
    }
}
