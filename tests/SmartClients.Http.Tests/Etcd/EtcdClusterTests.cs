using SmartClients.Http.Etcd;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>Three real nodes, and what becomes of them.</summary>
public class EtcdClusterTests : EtcdTest
{
    [Fact]
    public async Task A_node_that_nobody_runs_is_passed_over()
    {
        await using var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        await using var director = Direct(new EtcdNames($"quotes@127.0.0.1:{FreePort.Find()},{etcd.Address}", Quick));
        await director.ReadyAsync(Cancel);

        await etcd.PutAsync(Prefix + "127.0.0.1:2", "", Cancel);
        await MembersAsync(director, "127.0.0.1:1", "127.0.0.1:2");
    }

    [Fact]
    public async Task The_death_of_any_one_node_is_no_event()
    {
        var nodes = await Testing.Etcd.ClusterAsync(3, Cancel);
        try
        {
            var seen = 1;
            await nodes[0].PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
            // Thrown by the source, it would end this enumeration.
            await using var sets = new EtcdNames(Name(nodes), Quick with { Timeout = TimeSpan.FromSeconds(20) })
                .WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
            Assert.Single((await NextAsync(sets)).Endpoints);
            foreach (var node in nodes)
            {
                await node.KillAsync(Cancel);
                var other = nodes.First(n => n != node);
                await PutAsync(other, $"{Prefix}127.0.0.1:{++seen}");
                while ((await NextAsync(sets)).Endpoints.Length < seen) Cancel.ThrowIfCancellationRequested();
                await node.RestartAsync(Cancel);
            }
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_node_that_is_frozen_holds_nothing_up()
    {
        var nodes = await Testing.Etcd.ClusterAsync(3, Cancel);
        try
        {
            await nodes[0].PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
            await using var director = Direct(Quick, nodes);
            await director.ReadyAsync(Cancel);
            var expected = new List<string> { "127.0.0.1:1" };
            foreach (var node in nodes)
            {
                await node.FreezeAsync(Cancel);
                expected.Add($"127.0.0.1:{expected.Count + 1}");
                await PutAsync(nodes.First(n => n != node), Prefix + expected[^1]);
                await MembersAsync(director, [.. expected]);
                await node.ThawAsync(Cancel);
            }
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_node_without_its_majority_is_enough_to_begin_with()
    {
        var nodes = await Testing.Etcd.ClusterAsync(3, Cancel);
        try
        {
            await nodes[2].PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
            await nodes[0].KillAsync(Cancel);
            await nodes[1].KillAsync(Cancel);
            await using var director = Direct(Quick, nodes);
            await director.ReadyAsync(Cancel);

            Assert.Equal(["127.0.0.1:1"], Addresses(director));
            Assert.Contains("without its majority", director.Membership.Source, StringComparison.Ordinal);

            await nodes[0].RestartAsync(Cancel);
            await PutAsync(nodes[0], Prefix + "127.0.0.1:2");
            await MembersAsync(director, "127.0.0.1:1", "127.0.0.1:2");
            Assert.DoesNotContain("without its majority", director.Membership.Source, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    // While a leader is elected, nothing can be written.
    static async Task PutAsync(Testing.Etcd node, string key)
    {
        while (true)
        {
            try
            {
                await node.PutAsync(key, "", Cancel);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
            }
        }
    }
}
