using SmartClients.Learning;

namespace SmartClients.AspNetCore;

/// <summary>Whether listeners should hear of a change at once.</summary>
internal static class LoadChange
{
    // Below this many requests in flight, one more or less is counted as a part of this many.
    const double FewInFlight = 10;

    public static bool IsNoticeable(LoadReport before, LoadReport after, double change)
    {
        var (had, has) = (before.RequestsInFlight ?? 0, after.RequestsInFlight ?? 0);
        return Differ(before.ApplicationUtilization, after.ApplicationUtilization, change)
            || Differ(before.CpuUtilization, after.CpuUtilization, change)
            || Differ(before.MemoryUtilization, after.MemoryUtilization, change)
            || Math.Abs(has - had) >= change * Math.Max(FewInFlight, had) && has != had;
    }

    static bool Differ(double? before, double? after, double change) =>
        before.HasValue != after.HasValue || before is { } old && after is { } now && Math.Abs(now - old) >= change;
}
