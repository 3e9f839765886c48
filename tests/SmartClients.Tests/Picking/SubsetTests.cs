using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class SubsetTests
{
    static Stand Client(int seed, int replicas, int size = 20) => new(new Subset(new RoundRobin(), size), replicas, seed: seed);

    static HashSet<Replica> Used(Stand stand, int picks = 200) => [.. Enumerable.Range(0, picks).Select(_ => stand.Pick())];

    [Fact]
    public void A_client_goes_to_a_subset_and_to_all_of_it() => Assert.Equal(20, Used(Client(1, 200)).Count);

    [Fact]
    public void A_group_no_larger_than_the_subset_is_used_whole() => Assert.Equal(15, Used(Client(1, 15)).Count);

    [Fact]
    public void Who_leaves_is_replaced_by_one_and_who_joins_replaces_one_at_most()
    {
        var stand = Client(1, 100);
        var before = Used(stand);
        var leaves = before.First();
        var all = stand.Replicas;
        stand.Announce([.. all.Where(r => r != leaves)]);
        var after = Used(stand);
        Assert.Equal(19, before.Intersect(after).Count());
        stand.Announce(all);
        Assert.Equal(before, Used(stand));
        stand.Announce([.. all, .. Enumerable.Range(500, 10).Select(i => new Replica(TestWorld.Address(i)))]);
        Assert.InRange(before.Intersect(Used(stand)).Count(), 10, 20);
        // Somebody of no concern to it leaves.
        stand.Announce([.. all.Where(r => r != all.First(a => !before.Contains(a)))]);
        Assert.Equal(before, Used(stand));
    }

    [Fact]
    public void A_retry_stays_in_the_subset_and_then_goes_to_whoever_is_next()
    {
        var stand = Client(1, 100, size: 3);
        var subset = Used(stand);
        Replica[] left = [.. stand.Replicas.Where(r => r != subset.First())];
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Contains(stand.PickFrom(left), subset));
        left = [.. stand.Replicas.Where(r => !subset.Contains(r))];
        var next = stand.PickFrom(left);
        stand.Announce(left);
        Assert.Contains(next, Used(stand));
    }

    [Fact]
    public void Clients_differ_every_server_has_some_and_about_as_many_as_the_others()
    {
        var connections = new Dictionary<string, int>();
        for (var client = 0; client < 300; client++)
            foreach (var replica in Used(Client(client, 100), 20))
                connections[replica.Endpoint.Address] = connections.GetValueOrDefault(replica.Endpoint.Address) + 1;
        Assert.Equal(100, connections.Count);
        // 60 of 300 clients, with a standard deviation of 7: four of them.
        Assert.All(connections.Values, n => Assert.InRange(n, 32, 88));
    }
}
