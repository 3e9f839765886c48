using System.Runtime.CompilerServices;
using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>All that a policy may look at for one pick. Lives on the stack; a policy keeps no part of it.</summary>
public readonly ref struct PickContext
{
    /// <summary>Who may be picked: at least one, none tried before by this request, those that are out left away.</summary>
    public ReadOnlySpan<Replica> Candidates { get; init; }

    /// <summary>That of the <see cref="Roster"/> whose candidates these are; 0 where they are a list of the request's own, as for a retry,
    /// which has the policy do without what it computed from a roster.</summary>
    public int Version { get; init; }

    /// <summary>Nanoseconds of the director's clock.</summary>
    public long Now { get; init; }

    /// <summary>The source of chance.</summary>
    public Random Random { get; init; }

    /// <summary>The request's affinity key, or <see langword="null"/>.</summary>
    public string? Key { get; init; }

    /// <summary>The group's median latency in nanoseconds: what to assume of a replica that nobody measured.</summary>
    public double Typical { get; init; }

    /// <summary>Nanoseconds after which a latency sample's weight has fallen to 1/e.</summary>
    public double LatencyDecay { get; init; }

    /// <summary>Nanoseconds after which a load report's weight has fallen to 1/e.</summary>
    public double ReportDecay { get; init; }

    /// <summary>No candidate's weight is above this.</summary>
    public double MaxWeight { get; init; }

    /// <summary>The replica's latency to expect, in nanoseconds.</summary>
    public double Latency(Replica replica) => replica.Vitals.Latency(Now, LatencyDecay, Typical);

    /// <summary>Two different candidates, each pair as likely as any other, from one draw of 64 random bits.</summary>
    /// <remarks>There must be at least two candidates.</remarks>
    public (Replica First, Replica Second) DrawTwo()
    {
        var n = (ulong)Candidates.Length;
        var bits = (ulong)Random.NextInt64();
        // NextInt64 gives 63 bits: 31 for the first index, 32 for the second.
        var first = (int)(((bits >> 32) * n) >> 31);
        var second = (int)(((bits & 0xFFFF_FFFF) * (n - 1)) >> 32);
        if (second >= first) second++;
        return (Candidates[first], Candidates[second]);
    }

    /// <summary>Different candidates, each set of them as likely as any other (Floyd's way: as many draws as it takes out).</summary>
    /// <param name="into">Takes them: at most as many as there are, and few, for each is compared with those before it.</param>
    public void Draw(Span<Replica> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var last = Candidates.Length - into.Length + i;
            var drawn = Candidates[Random.Next(last + 1)];
            into[i] = into[..i].Contains(drawn) ? Candidates[last] : drawn;
        }
    }

    /// <summary>The same for other candidates: for a policy that leaves the choice among some to another.</summary>
    /// <param name="candidates">At least one, of those here.</param>
    /// <param name="version">See <see cref="Version"/>.</param>
    public PickContext Among(ReadOnlySpan<Replica> candidates, int version) => new()
    {
        Candidates = candidates,
        Version = version,
        Now = Now,
        Random = Random,
        Key = Key,
        Typical = Typical,
        LatencyDecay = LatencyDecay,
        ReportDecay = ReportDecay,
        MaxWeight = MaxWeight,
    };

    /// <summary>The one of two different candidates, drawn at random, that costs less; the only one where there is one.</summary>
    // Inlined so that the cost's target is known where the policy's is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Replica BetterOfTwo(Cost cost)
    {
        if (Candidates.Length == 1) return Candidates[0];
        var (first, second) = DrawTwo();
        return cost(second, this) < cost(first, this) ? second : first;
    }
}
