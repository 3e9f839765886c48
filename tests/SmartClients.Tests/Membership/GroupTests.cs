using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Membership;

public sealed class GroupTests : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly VirtualTime time = new();
    readonly ScriptedNames source = new();
    readonly List<Members> published = [];
    readonly Group group;

    public GroupTests() => group = New(source);

    public async ValueTask DisposeAsync() => await group.DisposeAsync();

    Group New(NameSource names) => new("quotes", names, new Clock(time), TimeSpan.FromSeconds(10), Pause, published.Add);

    static MemberSet Set(params int[] which) => new([.. which.Select(TestWorld.Address)], "script");

    [Fact]
    public void A_list_is_there_at_once()
    {
        var fixedGroup = New(new StaticNames(TestWorld.Address(1)));
        Assert.True(fixedGroup.ReadyAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        Assert.Single(fixedGroup.Current.Replicas);
        Assert.Single(published);
    }

    [Fact]
    public async Task Waits_for_the_first_set_and_then_never_again()
    {
        var ready = group.ReadyAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(ready.IsCompleted);
        source.Tell(Set(1, 2));
        await ready;
        Assert.Equal(2, group.Current.Replicas.Length);
        Assert.True(group.ReadyAsync(TestContext.Current.CancellationToken).AsTask().IsCompletedSuccessfully);
        Assert.Equal(1, source.Watches);
    }

    [Fact]
    public async Task Of_many_first_requests_at_once_one_begins_the_watch()
    {
        for (var round = 0; round < 50; round++)
        {
            var names = new ScriptedNames();
            await using var warm = new Group("quotes", names, new Clock(TimeProvider.System), TimeSpan.FromSeconds(10), Pause, published.Add,
                () => new Members([new Replica(TestWorld.Address(1))], "an earlier process", 0));
            warm.Start();
            using var together = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    warm.Sent();
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            names.Tell(Set(2));
            await warm.HeardAsync(long.MaxValue, TestContext.Current.CancellationToken);
            Assert.Equal(1, names.Watches);
        }
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_last_good_set_and_is_watched_anew_after_a_pause()
    {
        source.Tell(Set(1, 2));
        await group.ReadyAsync(TestContext.Current.CancellationToken);
        source.Fail(new IOException("the network is down"));
        await Real.Until(() => group.Trouble is not null && time.Armed > 0);
        Assert.Equal(2, group.Current.Replicas.Length);
        time.Run(Pause - TimeSpan.FromSeconds(1));
        Assert.Equal(1, source.Watches);
        time.Run(TimeSpan.FromSeconds(1));
        await Real.Until(() => source.Watches == 2);

        source.Tell(Set(2, 3));
        await Real.Until(() => group.Current.Find(TestWorld.Address(3).Address) is not null);
        Assert.Null(group.Trouble);
    }

    [Fact]
    public async Task A_source_that_never_answers_is_named_after_ten_seconds()
    {
        var ready = group.ReadyAsync(TestContext.Current.CancellationToken).AsTask();
        await Real.Until(time, TimeSpan.FromSeconds(11), () => ready.IsCompleted);
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => ready);
        Assert.Equal(UnavailableReason.NoMembers, error.Reason);
        Assert.Contains("'quotes'", error.Message, StringComparison.Ordinal);
        Assert.Contains("script", error.Message, StringComparison.Ordinal);
        Assert.Contains("10 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_while_somebody_waits_is_asked_again_and_the_reason_is_told()
    {
        var ready = group.ReadyAsync(TestContext.Current.CancellationToken).AsTask();
        source.Fail(new IOException("refused by the registry"));
        await Real.Until(() => group.Trouble is not null);
        await Real.Until(time, TimeSpan.FromSeconds(11), () => ready.IsCompleted);
        Assert.Contains("refused by the registry", (await Assert.ThrowsAsync<ServiceUnavailableException>(() => ready)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_told_at_once_and_better_news_still_counts()
    {
        var ready = group.ReadyAsync(TestContext.Current.CancellationToken).AsTask();
        source.Fail(new FormatException("line 3 is wrong"));
        Assert.Contains("line 3 is wrong", (await Assert.ThrowsAsync<ServiceUnavailableException>(() => ready)).Message, StringComparison.Ordinal);
        source.Tell(Set(1));
        await Real.Until(time, Pause, () => !group.Current.Replicas.IsEmpty);
        await group.ReadyAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_caller_may_give_up_waiting()
    {
        using var cancel = new CancellationTokenSource();
        var ready = group.ReadyAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
    }

    [Fact]
    public void An_empty_or_huge_set_is_ignored()
    {
        group.Publish(Set(1));
        group.Publish(new MemberSet([], "reply"));
        group.Publish(new MemberSet(default, "reply"));
        group.Publish(new MemberSet([.. Enumerable.Range(0, MemberSet.Most + 1).Select(_ => TestWorld.Address(1))], "reply"));
        Assert.Single(published);
        Assert.Single(group.Current.Replicas);
    }

    [Fact]
    public void Who_leaves_and_comes_back_is_known_again()
    {
        group.Publish(Set(1, 2));
        var one = group.Current.Find(TestWorld.Address(1).Address);
        group.Publish(Set(2));
        group.Publish(Set(1, 2));
        Assert.Same(one, group.Current.Find(TestWorld.Address(1).Address));
    }

    [Fact]
    public void Of_the_departed_not_more_than_a_thousand_or_so_are_remembered()
    {
        group.Publish(Set([.. Enumerable.Range(1, 3000)]));
        var before = group.Current;
        group.Publish(Set(1));
        group.Publish(Set([.. Enumerable.Range(1, 3000)]));
        Assert.Equal(1 + 1024, group.Current.Replicas.Count(r => before.Find(r.Endpoint.Address) == r));
    }

    [Fact]
    public async Task Disposed_it_watches_no_more()
    {
        source.Tell(Set(1));
        await group.ReadyAsync(TestContext.Current.CancellationToken);
        await group.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(group.Start);
    }
}
