using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// Deterministic aperture (Finagle's <c>DeterministicAperture</c>): servers lie on a ring in an order that all clients know, each over a
/// part as long as its weight, and each client sends to an arc of it. Clients that know their place among each other cover the ring
/// evenly: every server gets the same, with few connections. Of two servers at random points of the arc the better is taken.
/// </summary>
/// <remarks>The arc is long enough for twelve servers at least, since short ones too often hold no healthy one, and is lengthened to a whole
/// number of clients' places, so that every point of the ring is covered by as many arcs. A client that knows no place takes one at
/// random: then servers get about the same. Put <c>client</c> and <c>clients</c> where a deployment numbers its instances. A pick costs two binary
/// searches.</remarks>
public sealed class Aperture : Policy
{
    const int Narrowest = 12;
    const int MostDraws = 8;

    sealed record Ring(int Version, Replica[] Replicas, double[] Ends, double Width);

    readonly Cost cost;
    readonly int client;
    readonly int clients;
    readonly int narrowest;
    Ring? ring;
    double start = -1;

    /// <summary>An aperture.</summary>
    /// <param name="cost">How loaded a replica is.</param>
    /// <param name="client">This client's number among the clients, from 0.</param>
    /// <param name="clients">How many clients there are; 0 where nobody knows.</param>
    /// <param name="narrowest">The fewest servers that the arc covers, where there are as many. At least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not below the number of clients, or the aperture too narrow.</exception>
    public Aperture(Cost cost, int client = 0, int clients = 0, int narrowest = Narrowest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clients);
        ArgumentOutOfRangeException.ThrowIfNegative(client);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(client, Math.Max(1, clients));
        ArgumentOutOfRangeException.ThrowIfLessThan(narrowest, 2);
        (this.cost, this.client, this.clients, this.narrowest) = (cost, client, clients, narrowest);
    }

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (Volatile.Read(ref ring) is not { } its) return context.BetterOfTwo(cost);
        var first = Draw(its, context, null);
        if (first is null) return context.BetterOfTwo(cost);
        var second = Draw(its, context, first);
        return second is not null && cost(second, context) < cost(first, context) ? second : first;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => cost(replica, context);

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        if (start < 0) start = clients > 0 ? (double)client / clients : roster.Random.NextDouble();
        var replicas = roster.Candidates.ToArray();
        Array.Sort(Array.ConvertAll(replicas, static r => KeyHash.Mix(KeyHash.Of(r.Endpoint.Address))), replicas);
        var weight = replicas.Sum(static r => r.Endpoint.Weight);
        var (ends, end) = (new double[replicas.Length], 0.0);
        for (var i = 0; i < replicas.Length; i++) ends[i] = (end += replicas[i].Endpoint.Weight) / weight;
        ends[^1] = 1;
        var width = Math.Min(1, (double)narrowest / replicas.Length);
        if (clients > 0) width = Math.Min(1, Math.Ceiling(width * clients) / clients);
        Volatile.Write(ref ring, new Ring(roster.Version, replicas, ends, width));
    }

    // A list of the request's own may have few of the arc, or none.
    Replica? Draw(Ring its, in PickContext context, Replica? notThis)
    {
        for (var draws = 0; draws < MostDraws; draws++)
        {
            var at = start + context.Random.NextDouble() * its.Width;
            var index = Array.BinarySearch(its.Ends, at >= 1 ? at - 1 : at);
            var drawn = its.Replicas[Math.Min(index < 0 ? ~index : index + 1, its.Replicas.Length - 1)];
            if (drawn == notThis) return null;
            if (its.Version == context.Version || context.Candidates.Contains(drawn)) return drawn;
        }
        return null;
    }
}
