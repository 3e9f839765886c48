using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>What is in flight on a replica that is found dead goes elsewhere at once.</summary>
public class ReapplyTests
{
    readonly TestWorld world = new(3);
    bool alive = true;

    ValueTask Probe(Endpoint endpoint, CancellationToken cancel) =>
        alive || endpoint != world[0].Endpoint ? default : ValueTask.FromException(new IOException("broken"));

    Director Frozen(Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        world[0].Frozen = true;
        var director = world.Director(tweak, new Fixed());
        director.KeepAlive(Probe);
        return director;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lost_keep_alive_moves_it_long_before_its_time_is_over(bool hedged)
    {
        var director = Frozen(o => o with { Hedge = false, AttemptTimeout = TimeSpan.FromMinutes(10), Timeout = TimeSpan.FromMinutes(10) });
        var sent = director.SendAsync(world.Ask, hedged ? RequestOptions.Hedged : null, CancellationToken.None).AsTask();
        world.Run(30);
        Assert.False(sent.IsCompleted);
        alive = false;
        world.Time.RunUntil(() => director.Members[0].State == ReplicaState.Ejected);
        var dead = world.Time.Now;
        Assert.Equal("keep-alives were lost", director.Members[0].Cause);
        world.Time.RunUntil(() => sent.IsCompleted);
        Assert.Equal(20e6, world.Time.Now - dead, 1e6);
        Assert.Equal(1, world[1].Received);
    }

    [Fact]
    public async Task One_lost_keep_alive_is_none()
    {
        var director = Frozen();
        world.Run(20);
        alive = false;
        world.Run(4.9);
        alive = true;
        world.Run(5.1);
        Assert.Equal(ReplicaState.Up, director.Members[0].State);
        await director.DisposeAsync();
    }

    [Fact]
    public void A_keep_alive_that_hangs_is_a_lost_one()
    {
        var director = world.Director();
        director.KeepAlive((endpoint, _) => endpoint == world[0].Endpoint ? new ValueTask(new TaskCompletionSource().Task) : default);
        world.Time.RunUntil(() => director.Members[0].State == ReplicaState.Ejected);
        Assert.All(director.Members.Skip(1), m => Assert.Equal(ReplicaState.Up, m.State));
    }

    [Fact]
    public void What_may_not_be_repeated_stays_where_it_is()
    {
        var director = Frozen(o => o with { AttemptTimeout = TimeSpan.FromSeconds(100), Timeout = TimeSpan.FromMinutes(10) });
        var sent = director.SendAsync(world.Ask, RequestOptions.Once, CancellationToken.None).AsTask();
        alive = false;
        world.Run(99);
        Assert.False(sent.IsCompleted);
        Assert.Equal(0, world[1].Received + world[2].Received);
        world.Run(1.1);
        Assert.True(sent.IsFaulted);
    }

    [Fact]
    public void An_action_that_may_not_run_beside_itself_is_given_up_before_it_is_applied_again()
    {
        (world[0].IgnoresCancellation, world[0].Latency) = (true, () => TimeSpan.FromSeconds(8));
        var director = world.Director(policy: new Fixed());
        director.KeepAlive(Probe);
        alive = false;
        world.Run(0.01);
        var story = new List<string>();
        var applied = director.ApplyAsync(new Noting(story, world), CancellationToken.None).AsTask();
        world.Time.RunUntil(() => applied.IsCompleted);
        Assert.Equal(["begin 10.0.0.1", "cancelled 10.0.0.1", "clean up 10.0.0.1", "begin 10.0.0.2"], story);
    }

    sealed class Noting(List<string> story, TestWorld world) : IRequest
    {
        public async Task ActionAsync(Endpoint endpoint, CancellationToken cancel)
        {
            story.Add("begin " + endpoint.Host);
            if (endpoint != world[0].Endpoint) return;
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancel).ConfigureAwait(false);
            }
            finally
            {
                story.Add("cancelled " + endpoint.Host);
            }
        }

        public Task CleanUpAsync(Endpoint failed, Exception error)
        {
            story.Add("clean up " + failed.Host);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Five_refused_connections_of_others_move_it_too()
    {
        world[0].Frozen = true;
        var director = world.Director(o => o with { Timeout = TimeSpan.FromMinutes(10), AttemptTimeout = TimeSpan.FromMinutes(10) }, new Fixed());
        var sent = director.SendAsync(world.Ask, cancel: CancellationToken.None).AsTask();
        for (var i = 0; i < 5; i++) SendRefused(director);
        world.Run(0.1);
        Assert.True(sent.IsCompletedSuccessfully);
        Assert.Equal(1, world[0].Cancelled);
    }

    [Fact]
    public void A_death_that_comes_while_the_action_begins_is_not_missed()
    {
        var director = world.Director(o => o with { Timeout = TimeSpan.FromMinutes(10), AttemptTimeout = TimeSpan.FromMinutes(10) }, new Fixed());
        var sent = director.SendAsync((endpoint, _) =>
        {
            if (endpoint != world[0].Endpoint) return ValueTask.FromResult(endpoint.Address);
            for (var i = 0; i < 5; i++) SendRefused(director);
            return new ValueTask<string>(new TaskCompletionSource<string>().Task);
        }, cancel: CancellationToken.None).AsTask();
        world.Run(1);
        Assert.True(sent.IsCompletedSuccessfully);
    }

    void SendRefused(Director director) => world.Time.Run(director.SendAsync(
        (e, _) => e == world[0].Endpoint ? throw new System.Net.Sockets.SocketException(111) : ValueTask.FromResult(1), cancel: CancellationToken.None));

    [Fact]
    public void A_spent_budget_leaves_it_where_it_is_and_asks_again_no_more()
    {
        var director = Frozen(o => o with { RetryShare = 0, RetriesPerSecond = 0, AttemptTimeout = TimeSpan.FromSeconds(100) });
        var sent = director.SendAsync(world.Ask, RequestOptions.Default with { Timeout = TimeSpan.FromSeconds(200) }, CancellationToken.None).AsTask();
        alive = false;
        world.Run(60);
        Assert.False(sent.IsCompleted);
        Assert.Equal(0, world[1].Received);
    }
}
