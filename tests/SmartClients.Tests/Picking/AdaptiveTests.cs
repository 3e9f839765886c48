using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Tests.Picking;

/// <summary>What is peculiar to the default policy; that it beats the others is the simulator's to show.</summary>
public class AdaptiveTests
{
    const long Millisecond = 1_000_000;

    readonly Adaptive policy = new();
    readonly Random random = new(5);
    long now = 1;

    static Replica[] Group(int size) => [.. Enumerable.Range(0, size).Select(i => new Replica(new Endpoint("10.0.0." + i, 80)))];

    PickContext Context(Replica[] group) => new() { Candidates = group, Version = 1, Now = now, Random = random, Typical = 20 * Millisecond, MaxWeight = 1 };

    void Begin(Replica[] group) => policy.Changed(new Roster { Candidates = group, Version = 1, Random = random });

    int[] Shares(Replica[] group, int picks, Func<int, double> milliseconds)
    {
        var shares = new int[group.Length];
        for (var i = 0; i < picks; i++)
        {
            now += Millisecond;
            var at = Array.IndexOf(group, policy.Pick(Context(group)));
            shares[at]++;
            policy.Observe(group[at], new Outcome { Kind = OutcomeKind.Succeeded }, (long)(milliseconds(at) * Millisecond), now);
        }
        return shares;
    }

    [Fact]
    public void Equals_without_a_queue_share_evenly()
    {
        var group = Group(5);
        Begin(group);
        Assert.All(Shares(group, 5_000, _ => 20), share => Assert.InRange(share, 800, 1_200));
    }

    [Fact]
    public void The_quicker_take_nearly_everything_and_the_slow_are_looked_at_now_and_then()
    {
        var group = Group(4);
        Begin(group);
        var shares = Shares(group, 4_000, at => at == 0 ? 200 : 20);
        Assert.InRange(shares[0], 1, 200);
        Assert.All(shares[1..], share => Assert.InRange(share, 1_000, 1_600));
    }

    [Fact]
    public void Who_was_never_waited_for_is_not_taken_for_quick()
    {
        var group = Group(2);
        Begin(group);
        for (var i = 0; i < 20; i++) policy.Observe(group[0], new Outcome { Kind = OutcomeKind.Succeeded }, 50 * Millisecond, now);
        for (var i = 0; i < 20; i++) policy.Observe(group[1], new Outcome { Kind = OutcomeKind.NotItsFault }, 20 * Millisecond, now);
        var context = Context(group);
        Assert.Equal(policy.Score(group[0], context), policy.Score(group[1], context), tolerance: Millisecond);
    }

    [Fact]
    public void Who_is_well_again_is_found_out()
    {
        var group = Group(3);
        Begin(group);
        Shares(group, 3_000, at => at == 0 ? 500 : 20);
        Shares(group, 10_000, _ => 20);
        Assert.InRange(Shares(group, 3_000, _ => 20)[0], 700, 1_300);
    }

    [Fact]
    public void In_flight_counts_once_for_each()
    {
        var group = Group(3);
        Begin(group);
        Shares(group, 300, _ => 20);
        group[0].Learning.Begin();
        group[1].Learning.Begin();
        var picks = Enumerable.Range(0, 320).Count(_ => policy.Pick(Context(group)) == group[2]);
        Assert.InRange(picks, 300, 320);
    }

    [Fact]
    public void A_client_of_a_large_group_has_a_home_of_its_own()
    {
        var group = Group(200);
        Begin(group);
        Shares(group, 2_000, _ => 20);
        var mine = Shares(group, 20_000, _ => 20);
        Assert.Equal(64, mine.Count(share => share > 150));
        var other = new Adaptive();
        var roster = new Roster { Candidates = group, Version = 1, Random = new Random(6) };
        other.Changed(roster);
        var theirs = new int[200];
        for (var i = 0; i < 20_000; i++) theirs[Array.IndexOf(group, other.Pick(Context(group)))]++;
        var both = mine.Zip(theirs).Count(pair => pair is { First: > 150, Second: > 150 });
        Assert.InRange(both, 5, 40);
    }

    [Theory]
    [InlineData(30, 18)]
    [InlineData(200, 64)]
    public void Where_nobody_at_home_is_idle_everybody_else_is_looked_at(int size, int atHome)
    {
        var group = Group(size);
        Begin(group);
        Replica[] Used() => [.. Shares(group, 200 * size, _ => 20).Index().Where(share => share.Item > 50).Select(share => group[share.Index])];
        Used();
        var home = Used();
        Assert.Equal(atHome, home.Length);
        foreach (var replica in home) replica.Learning.Begin();
        Used();
        Assert.Equal(group.Except(home), Used());
        foreach (var replica in home) replica.Learning.End();
        Used();
        Assert.Equal(home, Used());
    }

    [Fact]
    public void A_home_that_has_become_slow_empties()
    {
        var group = Group(200);
        Begin(group);
        var home = Shares(group, 5_000, _ => 20).Select((share, i) => (share, i)).Where(s => s.share > 30).Select(s => s.i).ToHashSet();
        // Half a minute at a thousand requests a second: the others are believed to be as slow until they are looked at.
        Shares(group, 30_000, at => home.Contains(at) ? 200 : 20);
        var shares = Shares(group, 10_000, at => home.Contains(at) ? 200 : 20);
        Assert.InRange(home.Sum(at => shares[at]), 0, 1_500);
    }

    [Fact]
    public void Who_fails_fast_never_looks_fast()
    {
        var group = Group(3);
        Begin(group);
        Shares(group, 300, _ => 20);
        for (var i = 0; i < 10; i++) policy.Observe(group[0], new Outcome { Kind = OutcomeKind.Failed }, Millisecond, now);
        var picks = Enumerable.Range(0, 320).Count(_ => policy.Pick(Context(group)) == group[0]);
        Assert.InRange(picks, 0, 20);
    }

    [Fact]
    public void Where_many_fail_nobody_explores_them()
    {
        var group = Group(9);
        Begin(group);
        Shares(group, 900, _ => 20);
        foreach (var replica in group[..6]) Fail(replica);
        var picks = Enumerable.Range(0, 3_200).Select(_ => policy.Pick(Context(group))).ToHashSet();
        Assert.Equal(group[6..].ToHashSet(), picks);
    }

    [Theory]
    [InlineData(1, 4, 13)]
    [InlineData(2, 12, 26)]
    [InlineData(3, 18, 39)]
    public void Who_fails_again_and_again_is_tried_again_later(int failures, double afterAtLeast, double afterAtMost)
    {
        var group = Group(3);
        Begin(group);
        Shares(group, 300, _ => 20);
        for (var i = 0; i < failures; i++) Fail(group[0]);
        var began = now;
        while (policy.Pick(Context(group)) is var picked && picked != group[0])
        {
            now += 10 * Millisecond;
            policy.Observe(picked, new Outcome { Kind = OutcomeKind.Succeeded }, 20 * Millisecond, now);
        }
        Assert.InRange((now - began) / (double)Clock.Second, afterAtLeast, afterAtMost);
    }

    void Fail(Replica replica)
    {
        replica.Learning.Failed(now, pushedBack: false);
        policy.Observe(replica, new Outcome { Kind = OutcomeKind.Failed }, 500 * Millisecond, now);
    }

    [Fact]
    public void A_report_stands_in_for_what_was_not_seen_and_corrects_little_of_what_was()
    {
        var group = Group(2);
        Begin(group);
        for (var i = 0; i < 200; i++) policy.Observe(group[0], new Outcome { Kind = OutcomeKind.Succeeded }, 20 * Millisecond, now += Millisecond);
        var before = Array.ConvertAll(group, replica => policy.Score(replica, Context(group)));
        foreach (var replica in group) Report(replica, new LoadReport { CpuUtilization = 1e6 }, ReportSource.Pushed);
        Assert.InRange(policy.Score(group[0], Context(group)) / before[0], 1.005, 1.05);
        Assert.InRange(policy.Score(group[1], Context(group)) / before[1], 1.45, 1.51);
        now += 60_000 * Millisecond;
        Assert.All(group, replica => Assert.InRange(policy.Score(replica, Context(group)) / (20 * Millisecond), 0.99, 1.01));
    }

    void Report(Replica replica, LoadReport report, ReportSource source)
    {
        replica.Learning.Reported(new Evidence(report, source, now));
        policy.Reported(replica, replica.Vitals.Evidence!);
    }

    (ProbeWish Wish, Replica[] Whom) Probe(Replica[] group)
    {
        var whom = new Replica[ProbeWish.Most];
        var wish = policy.Probe(Context(group), whom);
        return (wish, whom[..wish.Count]);
    }

    void Answer(Replica replica, int inFlight) => Report(replica, new LoadReport { RequestsInFlight = inFlight }, ReportSource.Probed);

    [Fact]
    public void Who_has_little_in_flight_asks_four_waits_for_three_and_takes_the_one_with_least_in_flight()
    {
        var group = Group(20);
        Begin(group);
        Shares(group, 500, _ => 20);
        var picks = 0;
        for (var i = 0; i < 320; i++)
        {
            now += 100 * Millisecond;
            var (wish, whom) = Probe(group);
            Assert.Equal(new ProbeWish(4, 3), wish);
            Assert.Equal(4, whom.Distinct().Count());
            now += Millisecond;
            for (var at = 0; at < 3; at++) Answer(whom[at], at == 1 ? 2 : 6);
            if (policy.Pick(Context(group)) == whom[1]) picks++;
        }
        // One pick in 32 explores.
        Assert.InRange(picks, 295, 320);
    }

    [Fact]
    public void What_was_sent_there_since_the_answer_counts()
    {
        var group = Group(20);
        Begin(group);
        Shares(group, 500, _ => 20);
        var (_, whom) = Probe(group);
        foreach (var replica in whom) Answer(replica, 3);
        var picked = Enumerable.Range(0, 400).Select(_ => policy.Pick(Context(group))).CountBy(replica => replica).ToDictionary();
        Assert.All(whom, replica => Assert.InRange(picked[replica], 85, 115));
    }

    [Fact]
    public void Who_has_much_in_flight_knows_enough_and_asks_nobody()
    {
        var group = Group(20);
        Begin(group);
        foreach (var replica in (Replica[])[.. group, .. group]) replica.Learning.Begin();
        var wishes = Enumerable.Range(0, 40).Select(_ =>
        {
            now += 100 * Millisecond;
            return Probe(group).Wish.Count;
        }).ToList();
        Assert.Equal(4, wishes[0]);
        Assert.Equal(0, wishes[^1]);
    }

    [Fact]
    public void Old_answers_and_those_of_who_has_left_are_of_no_use()
    {
        var group = Group(20);
        Begin(group);
        Shares(group, 500, _ => 20);
        foreach (var replica in Probe(group).Whom) Answer(replica, 0);
        now += 15 * Millisecond;
        Assert.True(Picked(1).Count > 10);
        var (_, whom) = Probe(group);
        foreach (var replica in whom) Answer(replica, 0);
        group = [.. group.Except(whom)];
        policy.Changed(new Roster { Candidates = group, Version = 2, Random = random });
        Assert.Empty(whom.Intersect(Picked(2)));
        Assert.True(Picked(2).Count > 10);

        HashSet<Replica> Picked(int version) => Enumerable.Range(0, 320).Select(_ => policy.Pick(new PickContext
        {
            Candidates = group,
            Version = version,
            Now = now,
            Random = random,
            Typical = 20 * Millisecond,
            MaxWeight = 1,
        })).ToHashSet();
    }

    [Fact]
    public void Answers_that_take_long_beside_the_request_are_not_waited_for_and_asked_for_seldom()
    {
        var group = Group(20);
        Begin(group);
        Shares(group, 500, _ => 20);
        for (var i = 0; i < 30; i++)
        {
            var asked = Probe(group).Whom;
            now += 10 * Millisecond;
            foreach (var replica in asked) Answer(replica, 1);
        }
        var wishes = Enumerable.Range(0, 640).Select(_ => Probe(group).Wish).ToList();
        Assert.All(wishes, wish => Assert.Equal(0, wish.Await));
        Assert.InRange(wishes.Count(wish => wish.Count > 0), 5, 45);
    }
}
