namespace SmartClients.Candidates;

/// <summary>When a failing replica leaves and for how long: pure rules, given numbers.</summary>
internal static class Ejection
{
    /// <summary>The most ejections in a row that are told apart.</summary>
    public const int MostTimes = 64;

    /// <summary>How many of a group may be out at once: the share rounded up, never all.</summary>
    public static int MostOut(int members, double share) => Math.Max(0, Math.Min((int)Math.Ceiling(members * share), members - 1));

    /// <summary>Whether a success rate is bad enough, beside the rate of the others.</summary>
    public static bool RateIsBad(long succeeded, long failed, double others, double threshold, int samples) =>
        succeeded + failed >= samples && (double)succeeded / (succeeded + failed) < threshold * others;

    /// <summary>How many ejections in a row the next one counts as: a spell of health as long as the last ejection takes one off.</summary>
    public static int NextTimes(int times, long healthy, long first, long longest) =>
        times == 0 ? 1 : (int)Math.Max(0, times - healthy / Math.Max(1, Plain(times, first, longest))) + 1;

    /// <summary>How long the ejection lasts: doubled each time, up to the longest, ± 25 % so that clients do not return together.</summary>
    public static long Length(int times, long first, long longest, double chance) =>
        (long)(Plain(times, first, longest) * (0.75 + 0.5 * chance));

    static long Plain(int times, long first, long longest) =>
        times > 32 ? longest : Math.Min(longest, (long)Math.Min(first * Math.Pow(2, times - 1), long.MaxValue / 4));
}
