using SmartClients.Learning;

namespace SmartClients.AspNetCore;

/// <summary>
/// What the process used since the last look, as a share of what it may use: the platform knows a container's limits of processors
/// and memory. Not for concurrent use; one timer looks.
/// </summary>
internal sealed class MachineSampler(TimeProvider time)
{
    long lookedAt = time.GetTimestamp();
    TimeSpan processor = Environment.CpuUsage.TotalTime;
    long requests;
    long errors;

    /// <summary>Share of the memory in use, 0 to 1.</summary>
    public static double Memory =>
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and var available ? Round(Math.Min(1, (double)Environment.WorkingSet / available)) : 0;

    public LoadReport Next(long requestsNow, long errorsNow)
    {
        var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var seconds = Math.Max(time.GetElapsedTime(lookedAt, now).TotalSeconds, 1e-3);
        var report = new LoadReport
        {
            CpuUtilization = Round((used - processor).TotalSeconds / seconds / Environment.ProcessorCount),
            MemoryUtilization = Memory,
            RequestsPerSecond = Round((requestsNow - requests) / seconds),
            ErrorsPerSecond = Round((errorsNow - errors) / seconds),
        };
        (lookedAt, processor, requests, errors) = (now, used, requestsNow, errorsNow);
        return report;
    }

    // Digits that mean nothing would only make every header longer.
    static double Round(double value) => Math.Round(Math.Clamp(value, 0, 1e9), 3);
}
