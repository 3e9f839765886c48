using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>Replies that are failures: whose fault they are shows only when others have answered.</summary>
public class BadAnswerTests
{
    readonly TestWorld world = new(4);
    readonly List<string> discarded = [];

    string Send(Director director, Func<string, string> answer, RequestOptions? options = null) => world.Send(
        director, new JudgedRequest((a, _) => ValueTask.FromResult(answer(a.Endpoint.Host)), JudgedRequest.LikeHttp, discarded), options);

    [Fact]
    public void A_bad_answer_that_another_betters_is_discarded_and_blamed_on_its_replica()
    {
        var director = world.Director(policy: new Fixed());
        Assert.Equal("200", Send(director, host => host == "10.0.0.1" ? "500" : "200"));
        Assert.Equal(["500"], discarded);
        Assert.Equal([1, 0, 0, 0], director.Members.Select(m => m.Failures));
    }

    [Fact]
    public void The_same_bad_answer_of_three_is_the_answer_and_nobodys_fault()
    {
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 10; i++) Assert.Equal("500 10.0.0.3", Send(director, host => "500 " + host));
        Assert.All(director.Members, m => Assert.Equal((0L, ReplicaState.Up), (m.Failures, m.State)));
        Assert.Equal(20, discarded.Count);
        Assert.DoesNotContain("500 10.0.0.3", discarded);
    }

    [Fact]
    public void Three_different_bad_answers_are_no_answer_while_somebody_is_left_to_ask()
    {
        var director = world.Director(policy: new Fixed());
        Assert.Equal("200", Send(director, host => host switch { "10.0.0.1" => "500", "10.0.0.2" => "502", "10.0.0.3" => "504", _ => "200" }));
        Assert.Equal([1, 1, 1, 0], director.Members.Select(m => m.Failures));
    }

    [Fact]
    public void An_answer_that_speaks_of_the_server_is_nobodys_however_many_give_it()
    {
        var director = world.Director(policy: new Fixed());
        Assert.Equal("200", Send(director, host => host == "10.0.0.4" ? "200" : "503"));
        Assert.Equal([1, 1, 1, 0], director.Members.Select(m => m.Failures));
    }

    [Fact]
    public void With_fewer_than_three_replicas_all_of_them_alike_is_the_answer_too()
    {
        var director = world.Director(policy: new Fixed(), source: new SmartClients.Naming.StaticNames(world[0].Endpoint, world[1].Endpoint));
        Assert.Equal("500 10.0.0.2", Send(director, host => "500 " + host));
        Assert.All(director.Members, m => Assert.Equal(0, m.Failures));
    }

    [Fact]
    public void One_that_may_not_be_repeated_gets_its_bad_answer_and_the_replica_the_blame()
    {
        var director = world.Director(policy: new Fixed());
        Assert.Equal("500", Send(director, _ => "500", RequestOptions.Once));
        Assert.Equal(1, director.Members[0].Failures);
        Assert.Empty(discarded);
    }

    [Fact]
    public void A_replica_that_always_answers_badly_is_ejected()
    {
        var director = world.Director(o => o with { Policy = "random" });
        for (var i = 0; i < 100; i++) Assert.Equal("200", Send(director, host => host == "10.0.0.1" ? "500" : "200"));
        Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
    }

    [Fact]
    public void A_result_that_was_kept_open_is_in_flight_until_it_ends()
    {
        var director = world.Director(policy: new Fixed());
        SmartClients.Sending.Attempt? open = null;
        var request = new JudgedRequest((a, _) =>
        {
            (open = a).KeepOpen();
            return ValueTask.FromResult("200");
        }, JudgedRequest.LikeHttp, discarded);
        Assert.Equal("200", world.Send(director, request, RequestOptions.Default));
        Assert.Equal(1, director.Members[0].InFlight);
        open!.End(Outcome.Failure(Delivery.MayHaveExecuted, "the body broke off"));
        open.End(Outcome.Success);
        Assert.Equal((0, 1L), (director.Members[0].InFlight, director.Members[0].Failures));
    }

    [Theory]
    [InlineData("200")]
    [InlineData("500")]
    public void A_result_that_ended_before_it_was_judged_ends_once(string answer)
    {
        var director = world.Director(policy: new Fixed());
        var request = new JudgedRequest((a, _) =>
        {
            a.KeepOpen();
            a.End(Outcome.Success);
            return ValueTask.FromResult(answer);
        }, JudgedRequest.LikeHttp, discarded);
        world.Send(director, request, RequestOptions.Default);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void A_loser_that_was_kept_open_is_in_flight_until_it_is_discarded_and_ends_once()
    {
        var director = world.Director(policy: new Fixed());
        (world[0].Latency, world[0].IgnoresCancellation) = (() => TimeSpan.FromSeconds(1), true);
        var open = new List<SmartClients.Sending.Attempt>();
        var request = new JudgedRequest(async (a, c) =>
        {
            var from = await world.Ask(a.Endpoint, c).ConfigureAwait(false);
            a.KeepOpen();
            open.Add(a);
            // What a protocol does for a body that was never read.
            if (a.Number == 1) a.End(Outcome.Success);
            return from;
        }, _ => Outcome.Success, discarded);
        Assert.Equal(world[1].Endpoint.Address, world.Send(director, request, RequestOptions.Hedged));
        Assert.Equal([1, 1, 0, 0], director.Members.Select(m => m.InFlight));
        open[0].End(Outcome.Success);
        world.Run(2);
        Assert.Equal([world[0].Endpoint.Address], discarded);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void A_classifier_that_throws_leaks_nothing()
    {
        var director = world.Director(o => o with { ClassifyException = _ => throw new InvalidOperationException("a bug") });
        Assert.Throws<InvalidOperationException>(() => world.Send<int>(director, (_, _) => throw new IOException()));
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void A_judge_that_throws_leaks_nothing()
    {
        var director = world.Director(policy: new Fixed());
        var request = new JudgedRequest((_, _) => ValueTask.FromResult("200"), _ => throw new InvalidOperationException("a bug"), discarded);
        Assert.Throws<InvalidOperationException>(() => world.Send(director, request, RequestOptions.Default));
        Assert.Equal(["200"], discarded);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void Poisonous_requests_eject_nobody_though_the_budget_is_spent()
    {
        var director = world.Director(o => o with { RetriesPerSecond = 0 });
        for (var i = 0; i < 3000; i++)
        {
            var poison = i % 3 == 0;
            Send(director, _ => poison ? "500" : "200");
            world.Run(0.002);
        }
        Assert.All(director.Members, m => Assert.Equal(ReplicaState.Up, m.State));
    }

    [Fact]
    public void A_caller_whom_everybody_asks_to_wait_has_nobody_left_alone_for_the_others()
    {
        var director = world.Director();
        var asked = new HashSet<string>();
        world.Send(director, new JudgedRequest((a, _) => ValueTask.FromResult(a.Endpoint.Host), host =>
        {
            asked.Add(host);
            return new Outcome { Kind = OutcomeKind.PushedBack, Delivery = Delivery.Rejected, Answered = true, RetryAfter = TimeSpan.FromSeconds(60), Reason = "429" };
        }, discarded));
        Assert.Equal(4, asked.Count);
        Assert.All(director.Members, m => Assert.Equal(ReplicaState.Up, m.State));
    }

    [Fact]
    public void How_long_the_others_took_afterwards_says_nothing_of_who_answered_first()
    {
        var director = world.Director(o => o with { AttemptTimeout = TimeSpan.FromSeconds(3) }, new Fixed());
        for (var i = 0; i < 20; i++) world.Send(director);
        foreach (var frozen in world.Machines.Skip(1)) frozen.Frozen = true;
        var request = new JudgedRequest(
            async (a, c) => await world.Ask(a.Endpoint, c).ConfigureAwait(false) == world[0].Endpoint.Address ? "500" : "200", JudgedRequest.LikeHttp, discarded);
        Assert.Throws<ServiceUnavailableException>(() => world.Send(director, request));
        Assert.Equal(20, director.Members[0].Latency!.Value.TotalMilliseconds, 1.0);
    }
}
