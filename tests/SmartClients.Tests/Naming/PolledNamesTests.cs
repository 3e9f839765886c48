using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming;

public class PolledNamesTests
{
    readonly VirtualTime time = new();
    readonly List<long> asked = [];

    sealed class Scripted(PolledNamesTests test, Random random, Func<int, TimeSpan> pause, Func<int, Exception?>? fault = null) : PolledNames(random)
    {
        public override string Description => "script";

        protected override ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel)
        {
            test.asked.Add(test.time.Now);
            var turn = test.asked.Count;
            if (fault?.Invoke(turn) is { } error) throw error;
            return new(new PolledSet(new MemberSet([TestWorld.Address(1)], "script"), pause(turn)));
        }
    }

    Group Watch(PolledNames names, double retry = 1) =>
        new("test", names, new Clock(time), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(retry), _ => { });

    double Age(Group group) => (time.Now - group.Current.LearnedAt) / 1e9;

    double[] Gaps => [.. asked.Zip(asked.Skip(1), (a, b) => (b - a) / 1e9)];

    // The watch runs on other threads, and at rest has a timer set: the clock stands until it is at rest.
    async Task RunAsync(Group group, double seconds, int steps = 2000)
    {
        // Nobody waits for the first set: whoever did would have a timer of his own.
        group.Start();
        for (var i = 0; i < steps; i++)
        {
            await Real.Until(() => time.Armed > 0);
            time.Run(TimeSpan.FromSeconds(seconds / steps));
        }
        await Real.Until(() => time.Armed > 0);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(-2147483648.0, 1)]
    [InlineData(30, 30)]
    [InlineData(2147483647.0, 3600)]
    public async Task It_asks_as_often_as_the_answer_says_within_bounds_and_never_sooner(double says, double expected)
    {
        await RunAsync(Watch(new Scripted(this, new Random(1), _ => TimeSpan.FromSeconds(says))), 20 * expected);
        Assert.InRange(asked.Count, 18, 21);
        Assert.All(Gaps, gap => Assert.InRange(gap, expected * 0.99, expected * 1.11));
    }

    [Fact]
    public async Task Clients_that_began_together_do_not_go_on_asking_together()
    {
        var moments = new HashSet<int>();
        for (var seed = 0; seed < 50; seed++)
        {
            var alone = new PolledNamesTests();
            await alone.RunAsync(alone.Watch(new Scripted(alone, new Random(seed), _ => TimeSpan.FromSeconds(10))), 11.5, 115);
            moments.Add((int)(alone.Gaps[0] * 10));
        }
        Assert.InRange(moments.Count, 6, 12);
    }

    [Fact]
    public async Task The_age_is_that_of_the_last_answer_though_nothing_changed()
    {
        var group = Watch(new Scripted(this, new Random(1), _ => TimeSpan.FromSeconds(10)));
        await RunAsync(group, 100);
        Assert.InRange(Age(group), 0, 11);
    }

    [Fact]
    public async Task Told_of_a_change_it_asks_at_once_but_not_more_often_than_once_a_second()
    {
        var group = Watch(new Scripted(this, new Random(1), _ => TimeSpan.FromMinutes(10)));
        await RunAsync(group, 60);
        Assert.Single(asked);
        var at = time.Now;
        group.Nudge();
        await Real.Until(() => asked.Count == 2);
        Assert.Equal(at, asked[1]);
        for (var i = 0; i < 1000; i++)
        {
            group.Nudge();
            await Real.Until(() => time.Armed > 0);
            time.Run(TimeSpan.FromMilliseconds(10));
        }
        Assert.InRange(asked.Count, 8, 12);
    }

    [Fact]
    public async Task A_change_told_while_the_answer_is_on_its_way_is_asked_for_again()
    {
        PolledNames? names = null;
        names = new Scripted(this, new Random(1), turn =>
        {
            if (turn == 1) names!.Nudge();
            return TimeSpan.FromMinutes(10);
        });
        await RunAsync(Watch(names), 30);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Who_goes_on_failing_is_asked_ever_less_often_and_the_members_stay()
    {
        var group = Watch(new Scripted(this, new Random(1), _ => TimeSpan.FromSeconds(1), turn => turn == 1 ? null : new IOException("down")));
        await RunAsync(group, 600);
        Assert.Single(group.Current.Replicas);
        Assert.InRange(Gaps[1], 1, 1.5);
        Assert.All(Gaps[10..], gap => Assert.InRange(gap, 22, 41));
        Assert.InRange(Age(group), 597, 601);
    }

    [Fact]
    public async Task Back_again_it_is_asked_as_often_as_ever()
    {
        await RunAsync(Watch(new Scripted(this, new Random(1), _ => TimeSpan.FromSeconds(2), turn => turn is > 1 and < 6 ? new IOException("down") : null)), 100);
        Assert.All(Gaps[5..], gap => Assert.InRange(gap, 1.9, 2.4));
        Assert.True(Gaps.Length > 25);
    }
}
