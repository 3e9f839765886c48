using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>In flight is counted from the pick, ends on every way out, and is never negative.</summary>
public class D02_InFlightNeverLeaks
{
    /// <summary>Looks at every candidate of every pick.</summary>
    sealed class Watching : Policy
    {
        public int Negative;

        public override Replica Pick(in PickContext context)
        {
            foreach (var replica in context.Candidates)
                if (replica.Vitals.InFlight < 0) Interlocked.Increment(ref Negative);
            return context.Candidates[context.Random.Next(context.Candidates.Length)];
        }
    }

    [Fact]
    public void A_million_random_ends_leave_nothing_in_flight()
    {
        const int Operations = 1_000_000;
        var world = new TestWorld(5);
        var random = world.Random;
        var policy = new Watching();
        var director = world.Director(o => o with { RetriesPerSecond = 10_000, HedgesPerSecond = 10_000, HedgeAtFirst = TimeSpan.FromMilliseconds(2) }, policy);
        var attempts = 0;
        var late = new List<TaskCompletionSource<int>>();
        for (var done = 0; attempts < Operations; done++)
        {
            using var cancel = new CancellationTokenSource();
            var fate = random.Next(100);
            var kind = (done % 3) switch { 0 => RequestOptions.Hedged, 1 => RequestOptions.Once, _ => RequestOptions.Default };
            var options = kind with { AttemptTimeout = TimeSpan.FromMilliseconds(random.Next(1, 6)), Timeout = TimeSpan.FromMilliseconds(random.Next(1, 12)) };
            var sent = director.SendAsync((_, _) =>
            {
                attempts++;
                switch (random.Next(8))
                {
                    case 0: throw new IOException("at once");
                    case 1: throw new InvalidOperationException("a bug at once");
                    case 2: return ValueTask.FromException<int>(new RequestException("busy", Delivery.Rejected));
                    case 3: return ValueTask.FromResult(1);
                    default:
                        var answer = new TaskCompletionSource<int>();
                        late.Add(answer);
                        return new ValueTask<int>(answer.Task);
                }
            }, options, cancel.Token).AsTask();
            if (fate < 20) cancel.Cancel();
            if (late.Count > 20 || fate < 5)
            {
                world.Time.Run(TimeSpan.FromMilliseconds(random.Next(0, 4)));
                var now = late.ToArray();
                late.Clear();
                foreach (var answer in now)
                    switch (random.Next(4))
                    {
                        case 0: answer.TrySetResult(1); break;
                        case 1: answer.TrySetException(new IOException("later")); break;
                        case 2: answer.TrySetException(new InvalidOperationException("a bug later")); break;
                        default: answer.TrySetCanceled(CancellationToken.None); break;
                    }
            }
            if (fate is >= 20 and < 40) cancel.Cancel();
            _ = sent.Exception;
        }
        foreach (var answer in late.ToArray()) answer.TrySetResult(1);
        world.Run(60);
        Assert.Equal(0, policy.Negative);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public async Task Neither_do_they_between_real_threads()
    {
        var policy = new Watching();
        var director = new Director("test", new SmartClients.Naming.StaticNames(Enumerable.Range(1, 5).Select(TestWorld.Address)),
            new DirectorOptions { RetriesPerSecond = 10_000, HedgesPerSecond = 10_000, HedgeAtFirst = TimeSpan.FromMilliseconds(1) }, policy);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 3_000; i++)
            {
                using var cancel = new CancellationTokenSource();
                var options = (i % 2 == 0 ? RequestOptions.Hedged : RequestOptions.Default) with { Timeout = TimeSpan.FromMilliseconds(random.Next(1, 20)) };
                var fate = random.Next(6);
                try
                {
                    var sent = director.SendAsync(async (_, token) =>
                    {
                        if (fate == 0) throw new IOException("at once");
                        await Task.Yield();
                        if (fate == 1) throw new IOException("later");
                        if (fate == 2) throw new InvalidOperationException("a bug");
                        if (fate == 3) await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System, token);
                        return 1;
                    }, options, cancel.Token).AsTask();
                    if (fate == 4) await cancel.CancelAsync();
                    await sent;
                }
                catch (Exception error) when (error is ServiceUnavailableException or InvalidOperationException or OperationCanceledException)
                {
                    // Each is a way out.
                }
            }
        }, TestContext.Current.CancellationToken)));
        await Real.Until(() => director.Members.All(m => m.InFlight == 0));
        Assert.Equal(0, policy.Negative);
        await director.DisposeAsync();
    }

    [Fact]
    public void It_is_reserved_before_the_action_begins()
    {
        var world = new TestWorld(1);
        var director = world.Director();
        Assert.Equal(1, world.Send(director, (_, _) => ValueTask.FromResult(director.Members[0].InFlight)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_burst_does_not_land_on_the_one_that_is_slow_to_connect(int seed)
    {
        var world = new TestWorld(4, seed);
        world[0].Latency = () => TimeSpan.FromMilliseconds(500);
        var director = world.Director();
        var sent = Enumerable.Range(0, 16).Select(_ => director.SendAsync(world.Ask, cancel: CancellationToken.None).AsTask()).ToList();
        Assert.InRange(world[0].Received, 1, 6);
        world.Run(1);
        Assert.All(sent, s => Assert.True(s.IsCompletedSuccessfully));
    }
}
