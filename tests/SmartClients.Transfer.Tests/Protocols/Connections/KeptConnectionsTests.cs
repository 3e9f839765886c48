using Microsoft.Extensions.Time.Testing;
using SmartClients.Transfer.Protocols.Connections;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Connections;

public class KeptConnectionsTests
{
    readonly FakeTimeProvider time = new();

    [Fact]
    public async Task The_latest_is_taken_first_and_each_once_and_only_for_its_own_endpoint()
    {
        await using var kept = new KeptConnections<Connection>(time, TimeSpan.FromSeconds(30));
        var (first, second) = (new Connection(), new Connection());
        await kept.PutAsync("a", first);
        await kept.PutAsync("a", second);
        Assert.Null(kept.Take("b"));
        Assert.Same(second, kept.Take("a"));
        Assert.Same(first, kept.Take("a"));
        Assert.Null(kept.Take("a"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(first.Closed || second.Closed);
    }

    [Fact]
    public async Task One_that_waits_too_long_is_closed()
    {
        await using var kept = new KeptConnections<Connection>(time, TimeSpan.FromSeconds(30));
        var (early, late) = (new Connection(), new Connection());
        await kept.PutAsync("a", early);
        time.Advance(TimeSpan.FromSeconds(20));
        await kept.PutAsync("a", late);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((true, false), (early.Closed, late.Closed));
        Assert.Same(late, kept.Take("a"));
    }

    [Fact]
    public async Task No_more_are_kept_than_enough_and_none_after_the_end()
    {
        var kept = new KeptConnections<Connection>(time, TimeSpan.FromSeconds(30));
        var all = Enumerable.Range(0, 20).Select(_ => new Connection()).ToArray();
        foreach (var one in all) await kept.PutAsync("a", one);
        Assert.Equal(4, all.Count(one => one.Closed));
        await kept.DisposeAsync();
        Assert.All(all, one => Assert.True(one.Closed));
        var last = new Connection();
        await kept.PutAsync("a", last);
        Assert.True(last.Closed);
    }

    sealed class Connection : IAsyncDisposable
    {
        public bool Closed { get; private set; }

        public ValueTask DisposeAsync()
        {
            Closed = true;
            return default;
        }
    }
}
