using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Candidates;

public class AvailabilityTests
{
    static readonly Outcome Failure = Outcome.Failure(Delivery.NeverSent, "connection refused");

    readonly VirtualTime time = new();
    readonly Availability availability;
    Members members = Members.None;

    public AvailabilityTests()
    {
        availability = new Availability("test", new DirectorOptions { Random = new Random(3) }, new Clock(time));
        Set(1, 2, 3, 4);
    }

    Replica this[int i] => members.Find(TestWorld.Address(i).Address)!;

    void Set(params int[] which)
    {
        members = members.Next(new MemberSet([.. which.Select(TestWorld.Address)], "t"), new Dictionary<string, Replica>(), time.Now);
        availability.Changed(members);
    }

    bool Fail(Replica replica, int inARow = 5, Outcome? outcome = null) => availability.Learn(replica, outcome ?? Failure, inARow, time.Now, time.Now);

    bool Succeed(Replica replica) => availability.Learn(replica, Outcome.Success, 0, time.Now, time.Now);

    Replica? Claim()
    {
        return availability.ClaimTrial(List, repeatable: true, time.Now);
    }

    Shortlist List => availability.At(time.Now);

    [Fact]
    public void The_first_members_are_up_and_later_ones_warm_up()
    {
        Set(1, 2, 3, 4, 5);
        Assert.Equal([ReplicaState.Up, ReplicaState.Warming], new[] { this[1], this[5] }.Select(r => r.Standing.State));
        Assert.True(List.Warming);
        Assert.DoesNotContain(this[5], List.Steady);
        time.Run(TimeSpan.FromSeconds(10));
        Assert.False(List.Warming);
        Assert.Equal(ReplicaState.Up, this[5].Standing.State);
    }

    [Fact]
    public void Five_failures_in_a_row_take_it_out_and_four_do_not()
    {
        Assert.False(Fail(this[1], 4));
        Assert.Equal(4, List.Ready.Length);
        Assert.True(Fail(this[1]));
        Assert.Equal(ReplicaState.Ejected, this[1].Standing.State);
        Assert.DoesNotContain(this[1], List.Ready);
        Assert.Contains(this[1], List.LastResort);
        Assert.Contains("5 failures in a row", this[1].Standing.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_answers_badly_is_out_but_not_dead()
    {
        Assert.False(Fail(this[1], outcome: Failure with { Answered = true }));
        Assert.Equal(ReplicaState.Ejected, this[1].Standing.State);
        Assert.Equal(0, this[1].Standing.Deaths);
    }

    [Fact]
    public void Not_more_than_the_cap_are_out()
    {
        foreach (var replica in members.Replicas) Fail(replica);
        Assert.Equal(2, List.Ready.Length);
    }

    [Fact]
    public void A_due_one_is_claimed_by_one_request_alone()
    {
        Fail(this[1]);
        Assert.Null(Claim());
        time.Run(TimeSpan.FromSeconds(1.25));
        Assert.Equal([this[1]], List.Due);
        Assert.Same(this[1], Claim());
        Assert.Null(Claim());
        Assert.Empty(List.Due);
    }

    [Fact]
    public void A_trial_that_succeeds_warms_up_and_forgets_old_failures()
    {
        Fail(this[1]);
        this[1].Learning.Failed(time.Now, pushedBack: false);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        Succeed(this[1]);
        Assert.Equal(ReplicaState.Warming, this[1].Standing.State);
        Assert.Equal(0, this[1].Vitals.FailuresInARow);
    }

    [Fact]
    public void A_trial_that_fails_is_out_for_longer()
    {
        Fail(this[1]);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        Fail(this[1], 1);
        Assert.Equal(ReplicaState.Ejected, this[1].Standing.State);
        Assert.InRange(this[1].Standing.Until - time.Now, 1.5 * Clock.Second, 2.5 * Clock.Second);
    }

    [Fact]
    public void A_trial_that_finds_nothing_out_is_made_again_by_the_next_request()
    {
        Fail(this[1]);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        availability.Learn(this[1], Outcome.Fault(new InvalidOperationException()), 0, time.Now, time.Now);
        Assert.Same(this[1], Claim());
    }

    [Fact]
    public void A_push_back_during_the_trial_keeps_it_out()
    {
        Fail(this[1]);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        Fail(this[1], 0, new Outcome { Kind = OutcomeKind.PushedBack, Delivery = Delivery.Rejected });
        Assert.Equal(ReplicaState.Ejected, this[1].Standing.State);
    }

    [Fact]
    public void A_trial_that_never_ends_blocks_nobody_for_ever()
    {
        Fail(this[1]);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        time.Run(TimeSpan.FromSeconds(60));
        Assert.Same(this[1], Claim());
    }

    [Fact]
    public void An_answer_from_before_the_ejection_ends_no_trial()
    {
        var before = time.Now;
        time.Run(TimeSpan.FromSeconds(1));
        Fail(this[1]);
        time.Run(TimeSpan.FromSeconds(2));
        Claim();
        availability.Learn(this[1], Outcome.Success, 0, before, time.Now);
        Assert.Equal(ReplicaState.OnTrial, this[1].Standing.State);
    }

    [Fact]
    public void Asked_to_rest_it_rests_as_long_as_it_asked_but_not_for_ever()
    {
        Fail(this[1], 0, new Outcome { Kind = OutcomeKind.PushedBack, RetryAfter = TimeSpan.FromSeconds(7) });
        Fail(this[2], 0, new Outcome { Kind = OutcomeKind.PushedBack, RetryAfter = TimeSpan.FromDays(7) });
        Assert.Equal([this[3], this[4]], List.Ready);
        time.Run(TimeSpan.FromSeconds(6.9));
        Assert.DoesNotContain(this[1], List.Ready);
        time.Run(TimeSpan.FromSeconds(0.1));
        Assert.Contains(this[1], List.Ready);
        time.Run(TimeSpan.FromSeconds(53));
        Assert.Contains(this[2], List.Ready);
    }

    [Fact]
    public void A_low_success_rate_beside_the_others_takes_it_out()
    {
        for (var i = 0; i < 40; i++)
        {
            foreach (var other in new[] { 2, 3, 4 }) this[other].Learning.Succeeded(time.Now);
            if (i % 2 == 0) this[1].Learning.Succeeded(time.Now);
            else this[1].Learning.Failed(time.Now, pushedBack: false);
        }
        Fail(this[1], 1);
        Assert.Equal(ReplicaState.Ejected, this[1].Standing.State);
    }

    [Fact]
    public void A_low_success_rate_of_everybody_takes_nobody_out()
    {
        for (var i = 0; i < 40; i++)
            foreach (var replica in members.Replicas)
            {
                if (i % 2 == 0) replica.Learning.Succeeded(time.Now);
                else replica.Learning.Failed(time.Now, pushedBack: false);
            }
        Fail(this[1], 1);
        Assert.Equal(4, List.Ready.Length);
    }

    [Fact]
    public void Who_says_it_is_leaving_gets_no_more_and_is_believed_for_a_minute()
    {
        availability.Learn(this[1], Outcome.Success with { Leaving = true }, 0, time.Now, time.Now);
        Assert.DoesNotContain(this[1], List.Ready);
        Assert.Same(this[1], List.LastResort[^1]);
        time.Run(TimeSpan.FromSeconds(60));
        Assert.Contains(this[1], List.Ready);
        Assert.Equal(ReplicaState.Warming, this[1].Standing.State);
    }

    [Fact]
    public void Who_is_gone_learns_nothing_more_and_comes_back_warming()
    {
        var one = this[1];
        Set(2, 3, 4);
        Fail(one);
        Assert.Equal(ReplicaState.Gone, one.Standing.State);
        var departed = new Dictionary<string, Replica> { [one.Endpoint.Address] = one };
        members = members.Next(new MemberSet([TestWorld.Address(1), TestWorld.Address(2)], "t"), departed, time.Now);
        availability.Changed(members);
        Assert.Equal(ReplicaState.Warming, one.Standing.State);
    }

    [Fact]
    public void Found_dead_it_is_out_and_counted_once()
    {
        Assert.True(availability.FoundDead(this[1], "keep-alives were lost", time.Now));
        Assert.False(availability.FoundDead(this[1], "keep-alives were lost", time.Now));
        Assert.Equal(1, this[1].Standing.Deaths);
    }

    [Fact]
    public void The_untried_are_the_ready_first_and_then_the_last_resort()
    {
        Fail(this[1]);
        Assert.Equal([this[3], this[4]], List.Untried([this[2]]));
        Assert.Equal([this[1]], List.Untried([this[2], this[3], this[4]]));
        Assert.Empty(List.Untried([.. members.Replicas]));
    }
}
