using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Cli.Load;
using Xunit;

namespace SmartClients.Cli.Tests.Load;

public class OpenLoopTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_meant_to_start_evenly_however_late_they_do()
    {
        var time = new FakeTimeProvider();
        var began = time.GetTimestamp();
        var meant = new ConcurrentDictionary<long, TimeSpan>();
        var loop = new OpenLoop(time, 1000, 100).RunAsync(50, (number, at) =>
        {
            meant[number] = time.GetElapsedTime(began, at);
            return Task.CompletedTask;
        }, Cancel);

        while (!loop.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(7));
            await Task.Yield();
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(i => TimeSpan.FromMilliseconds(i)), meant.OrderBy(m => m.Key).Select(m => m.Value));
    }

    [Fact]
    public async Task No_more_than_allowed_are_in_flight()
    {
        int now = 0, most = 0;
        await new OpenLoop(TimeProvider.System, double.PositiveInfinity, 3).RunAsync(200, async (_, _) =>
        {
            var seen = Interlocked.Increment(ref now);
            for (var old = most; seen > old; old = most) Interlocked.CompareExchange(ref most, seen, old);
            await Task.Yield();
            Interlocked.Decrement(ref now);
        }, Cancel);

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, now);
    }

    [Fact]
    public async Task Stopped_it_waits_for_those_under_way()
    {
        using var stop = new CancellationTokenSource();
        var ended = 0;
        await new OpenLoop(TimeProvider.System, double.PositiveInfinity, 2).RunAsync(1_000_000, async (number, _) =>
        {
            if (number == 10) await stop.CancelAsync();
            await Task.Yield();
            Interlocked.Increment(ref ended);
        }, stop.Token);

        Assert.InRange(ended, 11, 999_999);
    }
}
