using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Refresh during requests, sources that fail and recover, disposal with requests in flight, no user code under a lock.</summary>
public class D10_Lifetimes
{
    readonly TestWorld world = new(3);

    [Fact]
    public void A_host_that_left_finishes_what_it_has_and_gets_nothing_new()
    {
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromSeconds(2);
        var director = world.Director(policy: new Fixed());
        var sent = director.SendAsync(world.Ask, cancel: CancellationToken.None).AsTask();
        world.Run(0.1);
        director.GroupChanged(world.Members(1, 2));
        world.Send(director);
        Assert.Equal(world[0].Endpoint.Address, world.Time.Run(new ValueTask<string>(sent)));
        Assert.Equal((1, 0), (world[0].Received, world[0].Cancelled));
    }

    [Fact]
    public void A_whole_new_group_during_a_request_is_where_it_is_repeated()
    {
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(policy: new Fixed(), source: new StaticNames(world[0].Endpoint));
        var sent = director.SendAsync(world.Ask, cancel: CancellationToken.None);
        director.GroupChanged(world.Members(2));
        Assert.Equal(world[2].Endpoint.Address, world.Time.Run(sent));
    }

    [Fact]
    public void A_change_of_the_group_from_inside_a_request_is_seen_by_its_next_attempt()
    {
        var director = world.Director(policy: new Fixed(), source: new StaticNames(world[0].Endpoint));
        Assert.Equal(world[1].Endpoint, world.Time.Run(director.SendAsync((e, _) =>
        {
            if (e != world[0].Endpoint) return ValueTask.FromResult(e);
            director.GroupChanged(world.Members(1));
            throw new IOException("I am leaving");
        }, cancel: CancellationToken.None)));
    }

    [Fact]
    public void A_reply_may_name_members_only_where_it_is_trusted()
    {
        var source = new ScriptedNames();
        var director = world.Director(o => o with { MembersFromReplies = false }, source: source);
        director.GroupChanged(world.Members(0));
        director.GroupChanged();
        Assert.Empty(director.Members);
        Assert.Equal(2, source.Nudges);
    }

    [Fact]
    public async Task Requests_go_on_while_the_source_is_down_and_follow_it_when_it_is_back()
    {
        var source = new ScriptedNames();
        var director = world.Director(source: source);
        source.Tell(world.Members(0, 1));
        await director.ReadyAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            var watches = source.Watches;
            source.Fail(new IOException("no such host"));
            await Real.Until(world.Time, TimeSpan.FromSeconds(1), () => source.Watches > watches);
            Assert.Equal(20, world.RunLoad(director, 20, 1).Succeeded);
        }
        Assert.Equal(("test", 0), (director.Membership.Source, world[2].Received));
        Assert.True(director.Membership.Age > TimeSpan.FromSeconds(10));
        source.Tell(world.Members(2));
        await Real.Until(() => director.Members is [{ Endpoint: var only }] && only == world[2].Endpoint);
        Assert.Equal(world[2].Endpoint.Address, world.Send(director));
        await director.DisposeAsync();
    }

    [Fact]
    public async Task A_source_that_fails_at_once_is_not_asked_in_a_hurry()
    {
        var source = new FailingNames();
        var director = world.Director(source: source);
        var sent = director.SendAsync(world.Ask, cancel: CancellationToken.None).AsTask();
        // Two timers: who waits for the first set, and the pause before the source is asked again.
        await Real.Until(() => world.Time.Armed == 2);
        for (var i = 0; i < 100; i++)
        {
            world.Run(0.5);
            // The source is asked on another thread: its next pause must stand before time goes on.
            await Real.Until(() => world.Time.Armed >= 1);
        }
        Assert.True(sent.IsFaulted);
        Assert.InRange(source.Watches, 2, 11);
    }

    sealed class FailingNames : NameSource
    {
        public volatile int Watches;

        public override string Description => "nowhere";

        public override IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, CancellationToken cancel)
        {
            Interlocked.Increment(ref Watches);
            throw new IOException("no such host");
        }
    }

    [Fact]
    public async Task Disposed_with_a_thousand_in_flight_all_of_them_end()
    {
        var director = world.Director();
        director.KeepAlive((_, _) => default);
        var sent = Enumerable.Range(0, 1000).Select(_ => director.SendAsync(world.Ask, RequestOptions.Hedged, CancellationToken.None).AsTask()).ToList();
        world.Run(0.001);
        await director.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => world.Send(director));
        world.Run(1);
        Assert.All(sent, s => Assert.True(s.IsCompletedSuccessfully));
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
        Assert.Equal(0, world.Time.Armed);
    }

    [Fact]
    public async Task A_thousand_directors_come_and_go_without_a_timer_left()
    {
        for (var i = 0; i < 1000; i++)
        {
            var director = world.Director();
            director.KeepAlive((_, _) => default);
            director.PollLoad(TimeSpan.FromSeconds(1), (_, _) => default);
            world.Send(director);
            await director.DisposeAsync();
            Assert.Equal(0, world.Time.Armed);
        }
    }

    [Fact]
    public void Members_that_come_and_go_leave_no_visits_behind()
    {
        var director = world.Director();
        var visits = 0;
        director.KeepAlive((_, _) =>
        {
            visits++;
            return default;
        });
        for (var i = 0; i < 100; i++)
        {
            director.GroupChanged(new MemberSet([.. Enumerable.Range(i * 3, 3).Select(TestWorld.Address)], "t"));
            world.Run(5);
        }
        world.Run(20);
        Assert.InRange(world.Time.Armed, 1, 3 + 1);
        visits = 0;
        world.Run(50);
        Assert.InRange(visits, 27, 33);
    }

    [Fact]
    public void No_code_of_the_user_runs_under_a_lock()
    {
        var calls = new HashSet<string>();
        Director? director = null;
        // Another thread uses the director while this one is inside the user's code: under a lock it would wait for ever.
        void Elsewhere(string from)
        {
            calls.Add(from);
            var other = new Thread(() =>
            {
                _ = director!.Members;
                director.Report(world[1].Endpoint.Address, new LoadReport { CpuUtilization = 0.5 }, ReportSource.Pushed);
                director.GroupChanged(world.Members(0, 1, 2));
                _ = director.SendAsync((e, _) => ValueTask.FromResult(e), cancel: CancellationToken.None).AsTask();
            });
            other.Start();
            Assert.True(other.Join(TimeSpan.FromSeconds(30)), from + " ran under a lock");
        }
        director = world.Director(o => o with
        {
            Affinity = false,
            ClassifyException = _ =>
            {
                Elsewhere("classifier");
                return null;
            },
        }, new Fixed(), new Telling(() => Elsewhere("source"), world));
        var told = false;
        director.Decided += _ =>
        {
            if (told) return;
            told = true;
            Elsewhere("decided");
        };
        director.KeepAlive((e, _) =>
        {
            if (calls.Add("keep-alive")) Elsewhere("keep-alive");
            return e == world[0].Endpoint && calls.Contains("cleaned") ? ValueTask.FromException(new IOException()) : default;
        });
        world.Run(6);
        Assert.True(world.Time.Run(director.ApplyAsync(new Calling(Elsewhere, world), CancellationToken.None)));
        calls.Add("cleaned");
        world.Run(20);
        world.Send(director, (_, _) => ValueTask.FromResult(1));
        Assert.Superset(new HashSet<string> { "source", "classifier", "decided", "keep-alive", "action", "clean-up" }, calls);
    }

    sealed class Calling(Action<string> elsewhere, TestWorld world) : IRequest
    {
        public Task ActionAsync(Endpoint endpoint, CancellationToken cancel)
        {
            elsewhere("action");
            return endpoint == world[0].Endpoint ? Task.FromException(new IOException("broken")) : Task.CompletedTask;
        }

        public Task CleanUpAsync(Endpoint failed, Exception error)
        {
            elsewhere("clean-up");
            return Task.CompletedTask;
        }
    }

    sealed class Telling(Action elsewhere, TestWorld world) : NameSource
    {
        bool asked;

        public override string Description => "telling";

        public override MemberSet Immediate
        {
            get
            {
                if (!asked)
                {
                    asked = true;
                    elsewhere();
                }
                return world.Members(0, 1, 2);
            }
        }

        public override IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, CancellationToken cancel) => throw new NotSupportedException();
    }
}
