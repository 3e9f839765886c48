namespace SmartClients.Benchmarks.Picks;

/// <summary>THE TABLE of ways to pick: name, and how to make the loop for so many endpoints.</summary>
static class PickVariants
{
    public static readonly IReadOnlyDictionary<string, Func<int, Action<int>>> Table = new Dictionary<string, Func<int, Action<int>>>
    {
        ["limit-p2c"] = HandWritten.PowerOfTwo,
        ["limit-random"] = HandWritten.Random,
        ["ours-blended"] = n => new OwnPick("blended", n).Run,
        ["ours-p2c"] = n => new OwnPick("p2c", n).Run,
        ["ours-random"] = n => new OwnPick("random", n).Run,
        ["ours-round-robin"] = n => new OwnPick("round-robin", n).Run,
        ["yarp-p2c"] = n => new YarpPick("PowerOfTwoChoices", n).Run,
        ["yarp-least-requests"] = n => new YarpPick("LeastRequests", n).Run,
        ["yarp-round-robin"] = n => new YarpPick("RoundRobin", n).Run,
        ["yarp-random"] = n => new YarpPick("Random", n).Run,
        ["grpc-round-robin"] = n => new GrpcPick(n).Run,
        ["discovery-selector"] = n => new DiscoveryPick(n).Run,
    };
}
