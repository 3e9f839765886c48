using Microsoft.Extensions.Time.Testing;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Sending;
using Xunit;

namespace SmartClients.Tests;

public class AttendTests
{
    readonly FakeTimeProvider time = new();

    Director Make() => new("s", StaticNames.Parse("a:1,b:2"), new DirectorOptions { Time = time, Random = new Random(1) });

    async Task Until(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 10_000, "It never came about.");
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Each_replica_has_a_visitor_of_its_own_that_says_when_it_comes_again()
    {
        var begun = 0;
        var visits = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await using var director = Make();
        director.Attend(TimeSpan.FromSeconds(1), () =>
        {
            Interlocked.Increment(ref begun);
            return (endpoint, _) =>
            {
                visits.AddOrUpdate(endpoint.Address, 1, (_, n) => n + 1);
                return ValueTask.FromResult(endpoint.Host == "a" ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1));
            };
        });
        await Until(() => visits.GetValueOrDefault("a:1") >= 5 && visits.ContainsKey("b:2"));
        Assert.Equal(2, begun);
        Assert.Equal(1, visits["b:2"]);
    }

    [Fact]
    public async Task A_visit_that_throws_or_hangs_is_followed_by_another()
    {
        int thrown = 0, hung = 0;
        await using var director = Make();
        Visit visit = async (endpoint, cancel) =>
        {
            if (endpoint.Host == "a")
            {
                Interlocked.Increment(ref thrown);
                throw new IOException("broken");
            }
            Interlocked.Increment(ref hung);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
            return TimeSpan.Zero;
        };
        director.Attend(TimeSpan.FromSeconds(1), () => visit);
        await Until(() => Volatile.Read(ref thrown) >= 3 && Volatile.Read(ref hung) >= 3);
    }

    [Fact]
    public async Task Disposal_ends_the_visits_even_when_they_break_over_it()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var director = Make();
        director.Attend(Timeout.InfiniteTimeSpan, () => (_, cancel) =>
        {
            started.TrySetResult();
            cancel.WaitHandle.WaitOne();
            throw new IOException("The connection was cut.");
        });
        // Whoever moves the time on is held up by the visits.
        var moving = Task.Run(() => Until(() => started.Task.IsCompleted), TestContext.Current.CancellationToken);
        await started.Task;
        await director.DisposeAsync();
        await moving;
    }

    [Fact]
    public async Task Who_says_that_it_leaves_is_leaving()
    {
        await using var director = Make();
        await director.ReadyAsync(TestContext.Current.CancellationToken);
        Assert.True(director.Leaving("b:2"));
        Assert.Equal([ReplicaState.Up, ReplicaState.Leaving], director.Members.Select(m => m.State));
        Assert.True(director.HasMember("b:2"));
        Assert.False(director.HasMember("c:3"));
        Assert.False(director.Leaving("c:3"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-60_000)]
    [InlineData(long.MaxValue / TimeSpan.TicksPerMillisecond)]
    public async Task A_pause_that_no_timer_takes_is_moved_into_its_bounds(long milliseconds)
    {
        int begun = 0, visits = 0;
        var director = Make();
        director.Attend(TimeSpan.FromSeconds(1), () =>
        {
            Interlocked.Increment(ref begun);
            return (_, _) =>
            {
                Interlocked.Increment(ref visits);
                return ValueTask.FromResult(TimeSpan.FromMilliseconds(milliseconds));
            };
        });
        await Until(() => Volatile.Read(ref visits) >= (milliseconds > 0 ? 2 : 20));
        time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(2, Volatile.Read(ref begun));
        await director.DisposeAsync();
    }

    [Fact]
    public async Task A_visitor_that_cannot_be_made_is_made_again_later()
    {
        var begun = 0;
        var visited = 0;
        await using var director = Make();
        director.Attend(TimeSpan.FromSeconds(1), () =>
        {
            if (Interlocked.Increment(ref begun) < 4) throw new InvalidOperationException("not yet");
            return (_, _) =>
            {
                Interlocked.Increment(ref visited);
                return ValueTask.FromResult(TimeSpan.FromSeconds(1));
            };
        });
        await Until(() => Volatile.Read(ref visited) >= 4);
    }
}
