using System.Net;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Peers;

/// <summary>Directories that take over from each other.</summary>
public sealed class PeerTests : IDisposable
{
    readonly TemporaryFolder here = new();
    readonly TemporaryFolder there = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Func<DirectoryOptions, DirectoryOptions> With(params Uri[] peers) => options => options with { Peers = [.. peers] };

    [Fact]
    public async Task What_is_published_at_one_comes_to_the_other_and_goes_on_coming()
    {
        await using var first = await RunningDirectory.StartAsync(there.Path);
        await first.PutAsync(owner.Sign("quotes"));
        await using var second = await RunningDirectory.StartAsync(here.Path, With(first.Address));

        await second.HasAsync("quotes", 1);
        Assert.Equal(await first.GetAsync("quotes"), await second.GetAsync("quotes"));
        await first.PutAsync(owner.Sign("quotes", 2));
        await first.PutAsync(owner.Sign("chat"));
        await second.HasAsync("quotes", 2);
        await second.HasAsync("chat", 1);
    }

    [Fact]
    public async Task An_empty_directory_catches_up_with_more_than_a_page()
    {
        await using var first = await RunningDirectory.StartAsync(there.Path);
        await first.Store.PublishAsync(
            [.. Enumerable.Range(0, 1234).Select(i => owner.Sign($"service-{i}"))], PublicationRules.ForPublishers, Publisher.Now, Cancel);

        await using var second = await RunningDirectory.StartAsync(here.Path, With(first.Address));

        await Poll.UntilAsync(() => second.Store.Count == 1234, Cancel);
        Assert.Equal(await first.GetAsync("service-777"), await second.GetAsync("service-777"));
    }

    [Fact]
    public async Task A_directory_that_lost_its_store_gets_it_back_and_what_it_takes_in_then_is_noticed()
    {
        var port = FreePort.Find();
        var lost = await RunningDirectory.StartAsync(Path.Combine(here.Path, "1"), port: port);
        await using var keeper = await RunningDirectory.StartAsync(there.Path, With(lost.Address));
        for (var serial = 1; serial <= 5; serial++) await lost.PutAsync(owner.Sign("quotes", serial));
        await lost.PutAsync(owner.Sign("chat"));
        await keeper.HasAsync("chat", 1);
        await keeper.HasAsync("quotes", 5);
        await lost.DisposeAsync();

        await using var back = await RunningDirectory.StartAsync(Path.Combine(here.Path, "2"), With(keeper.Address), port);

        await back.HasAsync("quotes", 5);
        await back.HasAsync("chat", 1);
        // Its sequence has begun again, below what the keeper had seen of it.
        await back.PutAsync(owner.Sign("late")).IsAcceptedAsync(HttpStatusCode.Created, "created");
        await keeper.HasAsync("late", 1);
    }

    [Fact]
    public async Task A_name_that_two_keys_took_stays_with_each_first_owner_and_is_listed()
    {
        using var rival = new Publisher();
        await using var first = await RunningDirectory.StartAsync(there.Path);
        await first.PutAsync(rival.Sign("quotes", 9));
        await first.PutAsync(rival.Sign("chat"));
        await using var second = await RunningDirectory.StartAsync(here.Path);
        await second.PutAsync(owner.Sign("quotes"));
        await using var pulling = await RunningDirectory.StartAsync(here.Path, With(first.Address));

        await pulling.HasAsync("chat", 1);
        await Poll.UntilAsync(() => pulling.Store.Conflicts(10).Count == 1, Cancel);

        var conflict = (await pulling.JsonAsync("/v1/conflicts")).GetProperty("conflicts")[0];
        Assert.Equal("quotes", conflict.GetProperty("name").GetString());
        Assert.Equal(rival.Key, conflict.GetProperty("key").GetString());
        Assert.Equal(first.Address.ToString(), conflict.GetProperty("peer").GetString());
        Assert.Contains(owner.Key, conflict.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(owner.Sign("quotes").Key, pulling.Store.Held(["quotes"])["quotes"].Key);
    }

    [Fact]
    public async Task One_serial_with_two_contents_is_listed_and_the_next_serial_settles_it()
    {
        await using var first = await RunningDirectory.StartAsync(there.Path);
        await first.PutAsync(owner.Sign("quotes", 1, c => c with { Title = "one" }));
        await using var second = await RunningDirectory.StartAsync(here.Path);
        await second.PutAsync(owner.Sign("quotes", 1, c => c with { Title = "other" }));
        await using var pulling = await RunningDirectory.StartAsync(here.Path, With(first.Address));
        await Poll.UntilAsync(() => pulling.Store.Conflicts(10).Count == 1, Cancel);

        await first.PutAsync(owner.Sign("quotes", 2));

        await pulling.HasAsync("quotes", 2);
        await Poll.UntilAsync(() => pulling.Store.Conflicts(10).Count == 0, Cancel);
    }

    [Fact]
    public async Task A_peer_that_is_behind_a_change_of_key_is_no_conflict()
    {
        using var successor = new Publisher();
        var last = owner.Sign("quotes", 1, c => c with { NextKey = successor.Key });
        await using var behind = await RunningDirectory.StartAsync(there.Path);
        await behind.PutAsync(last);
        await behind.PutAsync(owner.Sign("chat"));
        await using var ahead = await RunningDirectory.StartAsync(here.Path);
        await ahead.PutAsync(last);
        await ahead.PutAsync(successor.Sign("quotes", 2));
        await using var pulling = await RunningDirectory.StartAsync(here.Path, With(behind.Address));

        await pulling.HasAsync("chat", 1);

        Assert.Empty(pulling.Store.Conflicts(10));
        Assert.Equal(successor.Key, pulling.Store.Held(["quotes"])["quotes"].Key);
    }

    [Fact]
    public async Task What_has_ended_is_carried_over_so_that_nobody_else_takes_its_name()
    {
        using var squatter = new Publisher();
        await using var first = await RunningDirectory.StartAsync(there.Path);
        var ended = owner.Sign("quotes", with: c => c with { Issued = Publisher.Now.AddDays(-40), Expires = Publisher.Now.AddDays(-1) });
        await first.Store.PublishAsync([ended], PublicationRules.ForPeers, Publisher.Now, Cancel);

        await using var second = await RunningDirectory.StartAsync(here.Path, With(first.Address));

        await second.HasAsync("quotes", 1);
        await second.PutAsync(squatter.Sign("quotes", 2)).IsRefusedAsync(HttpStatusCode.Forbidden, squatter.Key);
    }

    public void Dispose()
    {
        owner.Dispose();
        here.Dispose();
        there.Dispose();
    }
}
