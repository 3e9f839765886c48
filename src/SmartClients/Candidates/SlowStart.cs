using SmartClients.Membership;

namespace SmartClients.Candidates;

/// <summary>How much of its share a new or returned replica gets: a tenth at first, all of it at the end, growing evenly.</summary>
internal static class SlowStart
{
    const double AtFirst = 0.1;

    /// <summary>The part of its share, 0.1 to 1.</summary>
    public static double Share(long since, long now, long length) =>
        length <= 0 || now - since >= length ? 1 : AtFirst + (1 - AtFirst) * Math.Max(0, now - since) / length;

    /// <summary>Whether a pick of this replica stands. A pick that does not stand is made again without it. This thins picks, not
    /// shares: a policy that looks at everybody picks an idle newcomer nearly always, and so gives it much of its share at once.</summary>
    public static bool Admits(Replica replica, long now, long length, Random random) =>
        replica.Standing.State != ReplicaState.Warming || random.NextDouble() < Share(replica.Standing.Since, now, length);
}
