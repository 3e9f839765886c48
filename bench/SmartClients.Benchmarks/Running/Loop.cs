using System.Diagnostics;

namespace SmartClients.Benchmarks.Running;

/// <summary>Times a loop: warmed up, in slices; each thread runs the same loop.</summary>
static class Loop
{
    const int Slices = 12;

    static bool cold = true;

    /// <param name="run">Does the thing so many times.</param>
    /// <param name="threads">How many threads do it at the same time.</param>
    /// <param name="milliseconds">How long a slice lasts.</param>
    /// <returns>Nanoseconds that one thread needs for one, and bytes allocated for one.</returns>
    public static (double Nanoseconds, double Bytes) Time(Action<int> run, int threads = 1, int milliseconds = 25)
    {
        // The pauses let the just-in-time compiler's background thread put its better code in place: it waits for 100 ms of quiet.
        for (var warm = 0; warm < (cold ? 6 : 1); warm++)
        {
            Slice(run, threads, 2 * milliseconds, chunk: 200);
            Thread.Sleep(cold ? 150 : 20);
        }
        cold = false;
        var slices = Enumerable.Range(0, Slices).Select(_ => Slice(run, threads, milliseconds, chunk: 1000)).ToArray();
        // Whatever else runs on the machine only ever adds time, so the best slice is nearest to the truth. But two threads that are
        // seldom both running seem to disturb each other less than they do: there the median.
        var times = slices.Select(s => s.Nanoseconds);
        return (threads == 1 ? times.Min() : Statistics.Median(times), Statistics.Median(slices.Select(s => s.Bytes)));
    }

    static (double Nanoseconds, double Bytes) Slice(Action<int> run, int threads, int milliseconds, int chunk)
    {
        var counts = new long[threads * 16];
        var times = new double[threads * 16];
        using var together = new Barrier(threads + 1);
        var workers = new Thread[threads];
        for (var t = 0; t < threads; t++)
        {
            var mine = t * 16;
            workers[t] = new Thread(() =>
            {
                together.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                long count = 0;
                TimeSpan took;
                do
                {
                    run(chunk);
                    count += chunk;
                    took = Stopwatch.GetElapsedTime(start);
                }
                while (took.TotalMilliseconds < milliseconds);
                (counts[mine], times[mine]) = (count, took.TotalNanoseconds);
                together.SignalAndWait();
            });
            workers[t].Start();
        }
        var before = GC.GetTotalAllocatedBytes(precise: true);
        together.SignalAndWait();
        together.SignalAndWait();
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        foreach (var worker in workers) worker.Join();
        var ns = Enumerable.Range(0, threads).Average(t => times[t * 16] / counts[t * 16]);
        // What the threads and the barrier allocate is far below a byte for each of so many.
        return (ns, Math.Round((double)bytes / counts.Sum(), 1));
    }
}
