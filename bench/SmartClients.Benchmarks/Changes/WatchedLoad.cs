using System.Collections.Concurrent;
using System.Diagnostics;
using SmartClients.Http;

namespace SmartClients.Benchmarks.Changes;

/// <summary>An even load, and when each replica was last and first asked.</summary>
sealed class WatchedLoad : IAsyncDisposable
{
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<string, ConcurrentQueue<long>> answers = [];
    readonly Task running;
    int requests;
    int failed;

    public WatchedLoad(HttpClient http, double rate) => running = RunAsync(http, rate);

    public int Requests => Volatile.Read(ref requests);

    public int Failed => Volatile.Read(ref failed);

    /// <summary>Milliseconds from a moment to the first answer of a replica after it.</summary>
    public async Task<double> FirstAsync(string address, long since)
    {
        while (true)
        {
            foreach (var at in Answers(address))
                if (at > since) return Stopwatch.GetElapsedTime(since, at).TotalMilliseconds;
            CheckPatience(address, since);
            await Task.Delay(5);
        }
    }

    /// <summary>Milliseconds from a moment to the last answer of a replica, once it has been silent for a while.</summary>
    public async Task<double> LastAsync(string address, long since)
    {
        while (true)
        {
            var last = Answers(address).DefaultIfEmpty(since).Max();
            if (Stopwatch.GetElapsedTime(Math.Max(last, since)) > Quiet) return Math.Max(0, Stopwatch.GetElapsedTime(since, last).TotalMilliseconds);
            CheckPatience(address, since);
            await Task.Delay(20);
        }
    }

    static void CheckPatience(string address, long since)
    {
        if (Stopwatch.GetElapsedTime(since) > Patience) throw new InvalidOperationException($"Nothing has changed for {address} in {Patience.TotalSeconds:0} s.");
    }

    ConcurrentQueue<long> Answers(string address) => answers.GetOrAdd(address, _ => []);

    async Task RunAsync(HttpClient http, double rate)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        var under = new ConcurrentDictionary<Task, bool>();
        while (!stop.IsCancellationRequested)
        {
            await ticks.WaitForNextTickAsync();
            var one = OneAsync(http);
            under[one] = true;
            _ = one.ContinueWith(done => under.TryRemove(done, out _), TaskScheduler.Default);
        }
        await Task.WhenAll(under.Keys);
    }

    async Task OneAsync(HttpClient http)
    {
        Interlocked.Increment(ref requests);
        try
        {
            using var reply = await http.GetAsync(new Uri("http://bench/"));
            if (!reply.IsSuccessStatusCode) Interlocked.Increment(ref failed);
            if (reply.AnsweredBy() is { } by) Answers(by.Address).Enqueue(Stopwatch.GetTimestamp());
        }
        catch (Exception)
        {
            Interlocked.Increment(ref failed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
    }
}
