using CsCheck;
using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class ApertureTests
{
    static Aperture Client(int client, int clients) => new(static (r, in c) => Costs.Outstanding(r, c), client, clients);

    [Fact]
    public void A_client_goes_to_an_arc_of_the_servers()
    {
        var stand = new Stand(Client(0, 10), 120);
        // Twelve servers take a tenth of the ring, and so does a client's place.
        Assert.Equal(12, Enumerable.Range(0, 2_000).Select(_ => stand.Pick()).Distinct().Count());
        Assert.All(new Stand(Client(0, 10), 5).Counts(1_000), n => Assert.True(n > 0));
    }

    [Fact]
    public void Clients_that_know_their_places_give_every_server_the_same() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[2, 60]).Sample((clients, servers) =>
        {
            var load = new Dictionary<string, double>();
            const int picks = 4_000;
            for (var client = 0; client < clients; client++)
            {
                var stand = new Stand(Client(client, clients), servers);
                for (var i = 0; i < picks; i++)
                {
                    var address = stand.Pick().Endpoint.Address;
                    load[address] = load.GetValueOrDefault(address) + 1;
                }
            }
            var fair = load.Values.Sum() / servers;
            return load.Count == servers && load.Values.All(n => Math.Abs(n - fair) < 6 * Math.Sqrt(fair) + 0.02 * fair);
        }, iter: 20);

    [Fact]
    public void Weights_make_a_servers_part_of_the_ring()
    {
        var stand = new Stand(new Aperture(static (_, in _) => 1, 0, 1), 3, weights: [1, 2, 3]);
        var counts = stand.Counts(30_000);
        Assert.Equal([1 / 6.0, 2 / 6.0, 3 / 6.0], counts.Select(n => n / 30_000.0), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void The_less_loaded_of_two_is_taken_and_a_retry_leaves_the_arc_when_it_must()
    {
        var stand = new Stand(Client(0, 1), 3);
        for (var i = 0; i < 300; i++) stand.Pick().Learning.Begin();
        Assert.All(stand.Replicas, r => Assert.InRange(r.Vitals.InFlight, 90, 110));
        stand = new Stand(Client(0, 20), 100);
        var arc = Enumerable.Range(0, 1_000).Select(_ => stand.Pick()).ToHashSet();
        Replica[] outside = [.. stand.Replicas.Where(r => !arc.Contains(r))];
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Contains(stand.PickFrom(outside), outside));
    }

    [Fact]
    public void A_place_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Aperture(static (_, in _) => 1, narrowest: 1));
    }
}
