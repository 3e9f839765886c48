using System.Diagnostics;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Calls;

/// <summary>What calls cost this process.</summary>
sealed class MeasuredCalls(Arguments arguments) : IDisposable
{
    // The just-in-time compiler works in the background, on this process's account, and for up to four seconds: longest for the variants
    // with the most code.
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    readonly Caller caller = ClientVariants.Table[arguments.Needed("variant")]([.. arguments.Needed("ports").Split(',').Select(int.Parse)]);
    readonly TimeSpan length = TimeSpan.FromSeconds(arguments.Number("seconds", 0.3));
    readonly Repeats repeats = new();

    public void Dispose() => repeats.Dispose();

    public async Task WarmUpAsync() => await SliceAsync(16, WarmUp);

    public async Task<Figures> MeasureAsync(int inFlight)
    {
        await SliceAsync(inFlight, Settle);
        var (bytes, cpu, repeatsBefore) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime, repeats.Count);
        var start = Stopwatch.GetTimestamp();
        var count = await SliceAsync(inFlight, length);
        var took = Stopwatch.GetElapsedTime(start);
        var (name, figures) = ($"{inFlight} in flight", new Figures());
        figures.Set(name, "per second", count / took.TotalSeconds);
        figures.Set(name, "cpu", (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count);
        figures.Set(name, "repeats", 100.0 * (repeats.Count - repeatsBefore) / count);
        figures.Set(name, "bytes", (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / count);
        return figures;
    }

    async Task<long> SliceAsync(int inFlight, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        long count = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            long mine = 0;
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                await caller.CallAsync();
                mine++;
            }
            Interlocked.Add(ref count, mine);
        })));
        return count;
    }
}
