using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class SendTests
{
    readonly TestWorld world = new(3);

    static ValueTask<int> Fail<TError>(List<Endpoint> tried, Endpoint endpoint) where TError : Exception, new()
    {
        tried.Add(endpoint);
        return ValueTask.FromException<int>(new TError());
    }

    [Fact]
    public void Gives_the_actions_result() => Assert.Equal(world[0].Endpoint.Address, world.Send(world.Director(policy: new Fixed())));

    [Fact]
    public void A_result_that_is_there_at_once_needs_no_time()
    {
        var sent = world.Director().SendAsync((e, _) => ValueTask.FromResult(e.Port), cancel: CancellationToken.None).AsTask();
        Assert.True(sent.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_failed_replica_is_never_seen()
    {
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(policy: new Fixed());
        Assert.Equal(world[1].Endpoint.Address, world.Send(director));
        Assert.Equal((1, 1), (world[0].Received, world[1].Received));
    }

    [Fact]
    public async Task Once_everybody_has_failed_the_source_is_asked_whether_the_group_has_moved()
    {
        foreach (var machine in world.Machines) machine.Fault = () => new IOException("gone");
        var source = new ScriptedNames();
        source.Tell(new MemberSet([.. world.Machines.Select(m => m.Endpoint)], "script"));
        await using var director = world.Director(source: source);
        await director.ReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal(UnavailableReason.EveryReplicaFailed, Assert.Throws<ServiceUnavailableException>(() => world.Send(director)).Reason);
        Assert.Equal(1, source.Nudges);
    }

    [Fact]
    public void No_replica_is_asked_twice_and_the_story_is_told()
    {
        foreach (var machine in world.Machines) machine.Fault = () => new RequestException("no " + machine.Endpoint.Host, Delivery.NeverSent);
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(world.Director()));
        Assert.Equal(UnavailableReason.EveryReplicaFailed, error.Reason);
        Assert.Equal("test", error.Service);
        Assert.Equal(3, error.Attempts.Select(a => a.Endpoint).Distinct().Count());
        Assert.All(world.Machines, m => Assert.Equal(1, m.Received));
        Assert.All(error.Attempts, a => Assert.Equal((20.0, "no " + a.Endpoint.Host), (a.Elapsed.TotalMilliseconds, a.Reason)));
        Assert.Same(error.Attempts[^1].Error, error.InnerException);
        Assert.Equal(Delivery.NeverSent, error.Delivery);
    }

    [Theory]
    [InlineData(Delivery.NeverSent, 2)]
    [InlineData(Delivery.Rejected, 2)]
    [InlineData(Delivery.MayHaveExecuted, 1)]
    public void What_is_not_repeatable_is_sent_again_only_when_it_surely_was_not_carried_out(Delivery delivery, int attempts)
    {
        world[0].Fault = () => new RequestException("no", delivery);
        var director = world.Director(policy: new Fixed());
        if (attempts == 1)
        {
            var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(director, RequestOptions.Once));
            Assert.Equal((UnavailableReason.NotRepeatable, Delivery.MayHaveExecuted), (error.Reason, error.Delivery));
        }
        else
        {
            Assert.Equal(world[1].Endpoint.Address, world.Send(director, RequestOptions.Once));
        }
        Assert.Equal(attempts, world.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_bug_in_the_action_is_not_retried_and_not_held_against_the_replica(bool synchronous)
    {
        var director = world.Director(policy: new Fixed());
        var calls = 0;
        for (var i = 0; i < 20; i++)
            Assert.Throws<InvalidOperationException>(() => world.Time.Run(director.SendAsync<int>(
                (_, _) =>
                {
                    calls++;
                    return synchronous ? throw new InvalidOperationException("a bug") : ValueTask.FromException<int>(new InvalidOperationException("a bug"));
                }, cancel: CancellationToken.None)));
        Assert.Equal(20, calls);
        Assert.All(director.Members, m => Assert.Equal((0L, 0, ReplicaState.Up), (m.Failures, m.InFlight, m.State)));
    }

    [Fact]
    public void A_failure_thrown_synchronously_is_one_all_the_same()
    {
        var tried = new List<Endpoint>();
        var director = world.Director();
        Assert.Equal(3, world.Time.Run(director.SendAsync(
            (e, _) =>
            {
                tried.Add(e);
                return tried.Count < 3 ? throw new TimeoutException() : ValueTask.FromResult(tried.Count);
            }, cancel: CancellationToken.None)));
        Assert.Equal(3, tried.Distinct().Count());
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void The_callers_cancellation_is_his_and_reaches_the_action()
    {
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 10; i++)
        {
            using var cancel = new CancellationTokenSource();
            var sent = director.SendAsync(world.Ask, cancel: cancel.Token).AsTask();
            world.Run(0.005);
            cancel.Cancel();
            Assert.True(sent.IsCanceled);
        }
        Assert.Equal((10, 10, 0), (world[0].Received, world[0].Cancelled, world[1].Received));
        Assert.All(director.Members, m => Assert.Equal((0L, 0, ReplicaState.Up), (m.Failures, m.InFlight, m.State)));
    }

    [Fact]
    public void A_trial_that_the_caller_cancels_is_made_again_by_the_next_request()
    {
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 5; i++) world.Send(director);
        Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
        world[0].Fault = () => null;
        world.Run(2);
        using var cancel = new CancellationTokenSource();
        var trial = director.SendAsync(world.Ask, cancel: cancel.Token).AsTask();
        Assert.Equal(6, world[0].Received);
        cancel.Cancel();
        Assert.True(trial.IsCanceled);
        Assert.Equal(world[0].Endpoint.Address, world.Send(director));
    }

    [Fact]
    public void A_call_cancelled_beforehand_asks_nobody()
    {
        var sent = world.Director().SendAsync(world.Ask, cancel: new CancellationToken(canceled: true)).AsTask();
        Assert.True(sent.IsCanceled);
        Assert.Equal(0, world.Received);
    }

    [Fact]
    public void A_time_limit_of_the_actions_own_sends_the_request_elsewhere_and_counts_against_the_replica()
    {
        world[0].Frozen = true;
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 5; i++) Assert.Equal(world[1].Endpoint.Address, world.Send(director, Limited));
        Assert.Equal((5L, ReplicaState.Ejected), (director.Members[0].Failures, director.Members[0].State));

        async ValueTask<string> Limited(Endpoint endpoint, CancellationToken cancel)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), world.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            return await world.Ask(endpoint, either.Token).ConfigureAwait(false);
        }
    }

    [Fact]
    public void A_token_of_the_callers_that_only_the_action_knows_ends_the_request_and_blames_nobody()
    {
        var director = world.Director();
        using var own = new CancellationTokenSource();
        var sent = director.SendAsync((endpoint, _) => world.Ask(endpoint, own.Token), cancel: CancellationToken.None).AsTask();
        own.Cancel();
        world.Run(1);
        Assert.True(sent.IsCanceled);
        Assert.All(director.Members, m => Assert.Equal((0L, 0), (m.Failures, m.InFlight)));
    }

    [Fact]
    public void A_classifier_goes_before_the_librarys_own_view()
    {
        var tried = new List<Endpoint>();
        var director = world.Director(o => o with
        {
            ClassifyException = e => e is InvalidDataException ? Outcome.Failure(Delivery.MayHaveExecuted, "garbled", e) : null,
        });
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Time.Run(director.SendAsync(
            (e, _) => Fail<InvalidDataException>(tried, e), cancel: CancellationToken.None)));
        Assert.Equal(3, tried.Count);
        Assert.All(error.Attempts, a => Assert.Equal("garbled", a.Reason));
        Assert.Throws<InvalidOperationException>(() => world.Time.Run(director.SendAsync(
            (e, _) => Fail<InvalidOperationException>(tried, e), cancel: CancellationToken.None)));
        Assert.Equal(4, tried.Count);
    }

    [Fact]
    public void Arguments_left_out_are_told()
    {
        var director = world.Director();
        Assert.Throws<ArgumentNullException>(() => world.Send<int>(director, null!));
        Assert.Throws<ArgumentNullException>(() => world.Time.Run(director.ApplyAsync(null!, CancellationToken.None)));
        Assert.Throws<ArgumentException>(() => new Director("", new StaticNames(TestWorld.Address(1))));
        Assert.Throws<ArgumentNullException>(() => new Director("x", null!));
    }
}
