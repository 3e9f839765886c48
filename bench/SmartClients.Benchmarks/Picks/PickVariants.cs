namespace SmartClients.Benchmarks.Picks;

/// <summary>THE TABLE of ways to pick: name, and how to make the loop for so many endpoints.</summary>
static class PickVariants
{
    public static readonly IReadOnlyDictionary<string, Func<int, Action<int>>> Table = new Dictionary<string, Func<int, Action<int>>>
    {
        ["limit-p2c"] = HandWritten.PowerOfTwo,
        ["limit-shortest-delay-of-64"] = HandWritten.ShortestDelay,
        ["limit-random"] = HandWritten.Random,
        ["ours-adaptive"] = n => new OwnPick("adaptive", n).Run,
        ["ours-blended"] = n => new OwnPick("blended", n).Run,
        ["ours-p2c"] = n => new OwnPick("p2c", n).Run,
        ["ours-random"] = n => new OwnPick("random", n).Run,
        ["ours-round-robin"] = n => new OwnPick("round-robin", n).Run,
        ["ours-weighted-round-robin"] = n => new OwnPick("weighted-round-robin", n).Run,
        ["ours-c3"] = n => new OwnPick("c3", n).Run,
        ["ours-ring-hash"] = n => new OwnPick("ring-hash", n, keyed: true).Run,
        ["ours-maglev"] = n => new OwnPick("maglev", n, keyed: true).Run,
        ["ours-rendezvous"] = n => new OwnPick("rendezvous", n, keyed: true).Run,
        ["ours-subset"] = n => new OwnPick("subset", n).Run,
        ["ours-aperture"] = n => new OwnPick("aperture", n).Run,
        ["ours-zone-aware"] = n => new OwnPick("zone-aware", n).Run,
        ["ours-join-idle"] = n => new OwnPick("join-idle", n).Run,
        ["ours-prequal-answers"] = n => new OwnPick("prequal", n).RunWithAnswers,
        ["yarp-p2c"] = n => new YarpPick("PowerOfTwoChoices", n).Run,
        ["yarp-least-requests"] = n => new YarpPick("LeastRequests", n).Run,
        ["yarp-round-robin"] = n => new YarpPick("RoundRobin", n).Run,
        ["yarp-random"] = n => new YarpPick("Random", n).Run,
        ["grpc-round-robin"] = n => new GrpcPick(n).Run,
        ["discovery-selector"] = n => new DiscoveryPick(n).Run,
    };
}
