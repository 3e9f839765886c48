using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Sending;

/// <summary>A wake is a hint: late, twice, or meant for a former life.</summary>
public sealed class OutstandingTests : IDisposable
{
    readonly VirtualTime time = new();
    readonly Outstanding outstanding;

    public OutstandingTests() => outstanding = new Outstanding(new Clock(time));

    public void Dispose() => outstanding.Dispose();

    readonly struct Nothing : IRequest<int>
    {
        public ValueTask<int> SendAsync(Attempt attempt, CancellationToken cancel) => default;

        public Outcome Judge(int result) => Outcome.Success;

        public Outcome Judge(Exception error) => Outcome.Fault(error);

        public void Discard(int result) { }

        public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
    }

    Call<Nothing, int> Open()
    {
        var call = outstanding.Rent<Nothing, int>();
        call.Open("test", default, RequestOptions.Default, time.Now + 100 * Clock.Second, CancellationToken.None);
        return call;
    }

    Task Next(Call<Nothing, int> call, double seconds) => call.NextAsync(time.Now + (long)(seconds * 1e9)).AsTask();

    [Fact]
    public void Each_is_woken_at_its_time_and_not_before()
    {
        var calls = Enumerable.Range(1, 50).Reverse().Select(i => (i, Task: Next(Open(), i))).ToList();
        for (var second = 1; second <= 50; second++)
        {
            time.Run(TimeSpan.FromSeconds(0.998));
            Assert.All(calls, c => Assert.Equal(c.i < second, c.Task.IsCompleted));
            time.Run(TimeSpan.FromSeconds(0.002));
            Assert.All(calls, c => Assert.Equal(c.i <= second, c.Task.IsCompleted));
        }
    }

    [Fact]
    public void One_timer_serves_all()
    {
        for (var i = 0; i < 1000; i++) Next(Open(), 10);
        Assert.Equal(1, time.Armed);
    }

    [Fact]
    public void A_wake_before_the_wait_ends_it_at_once_and_counts_once()
    {
        var call = Open();
        call.Wake();
        call.Wake();
        Assert.True(Next(call, 5).IsCompleted);
        Assert.False(Next(call, 5).IsCompleted);
    }

    [Fact]
    public void A_call_waits_again_and_again()
    {
        var call = Open();
        for (var i = 0; i < 10; i++)
        {
            var next = Next(call, 1);
            Assert.False(next.IsCompleted);
            if (i % 2 == 0) call.Wake();
            else time.Run(TimeSpan.FromSeconds(1.001));
            Assert.True(next.IsCompletedSuccessfully);
        }
    }

    [Fact]
    public void A_wake_for_a_former_life_disturbs_the_next_at_most_once()
    {
        var call = Open();
        Next(call, 1);
        call.Wake();
        call.Close();
        var again = Open();
        Assert.Same(call, again);
        var next = Next(again, 5);
        Assert.False(next.IsCompleted);
        time.Run(TimeSpan.FromSeconds(1.1));
        Assert.False(next.IsCompleted);
        again.Wake();
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void All_are_woken_when_a_replica_died_but_those_at_rest()
    {
        var resting = Open();
        var waiting = Open();
        var next = Next(waiting, 50);
        resting.Close();
        outstanding.WakeAll();
        Assert.True(next.IsCompletedSuccessfully);
        Assert.False(Next(Open(), 50).IsCompleted);
    }

    [Fact]
    public void Objects_are_used_again_and_more_than_a_few_thousand_are_let_go()
    {
        var calls = Enumerable.Range(0, 5000).Select(_ => Open()).ToList();
        foreach (var call in calls) call.Close();
        var known = calls.ToHashSet();
        // One more is at hand for each processor that returned any.
        Assert.InRange(Enumerable.Range(0, 5000).Count(_ => known.Contains(Open())), 4096, 4096 + Environment.ProcessorCount);
        var late = Next(Open(), 1);
        time.Run(TimeSpan.FromSeconds(1.001));
        Assert.True(late.IsCompleted);
    }

    [Fact]
    public void Disposed_it_takes_nobody_new_and_keeps_its_timer_for_those_it_has()
    {
        var call = Open();
        var next = Next(call, 1);
        outstanding.Dispose();
        Assert.Throws<ObjectDisposedException>(Open);
        time.Run(TimeSpan.FromSeconds(1.001));
        Assert.True(next.IsCompleted);
        Next(call, 50);
        Assert.Equal(1, time.Armed);
        call.Wake();
        call.Close();
        Assert.Equal(0, time.Armed);
    }

    [Fact]
    public async Task Wakes_from_many_threads_lose_nobody()
    {
        using var real = new Outstanding(new Clock(TimeProvider.System));
        var rounds = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                var call = real.Rent<Nothing, int>();
                call.Open("test", default, RequestOptions.Default, long.MaxValue / 4, CancellationToken.None);
                ThreadPool.UnsafeQueueUserWorkItem(static c => c.Wake(), (Call)call, preferLocal: false);
                await call.NextAsync(long.MaxValue / 4);
                call.Close();
                Interlocked.Increment(ref rounds);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(8000, rounds);
    }
}
