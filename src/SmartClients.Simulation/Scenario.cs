using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Profiles;

namespace SmartClients.Simulation;

/// <summary>A day in the life of a service: its replicas, its clients, their load, and what happens to them.</summary>
public sealed record Scenario
{
    const int MostReplicas = 100_000;

    // Each client keeps some 270 bytes for each replica: 5 GB.
    const long MostPairs = 20_000_000;

    /// <summary>A short name, such as <c>s1-homogeneous</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The replicas, in groups of the like.</summary>
    public required IReadOnlyList<ReplicaGroup> Replicas { get; init; }

    /// <summary>The clients.</summary>
    public ClientGroup Clients { get; init; } = new();

    /// <summary>How many requests come.</summary>
    public required Load Load { get; init; }

    /// <summary>What each asks for.</summary>
    public Work Work { get; init; } = new();

    /// <summary>What lies between.</summary>
    public Network Network { get; init; } = new();

    /// <summary>How long a request may take, in milliseconds; for ever where left out. Then it is cancelled and counts as an error.</summary>
    public double? DeadlineMs { get; init; }

    /// <summary>Simulated seconds before requests are counted.</summary>
    public double WarmUpS { get; init; } = 10;

    /// <summary>Requests to count.</summary>
    public long Requests { get; init; } = 1_000_000;

    /// <summary>What the replicas tell of their load.</summary>
    public Help Help { get; init; } = Help.None;

    /// <summary>What happens to them, one upon the other.</summary>
    public IReadOnlyList<Profile> Profiles { get; init; } = [];

    /// <summary>What all replicas together can do, in cores at full speed.</summary>
    public double Capacity => Replicas.Sum(r => r.Count * r.Cores * r.Speed);

    /// <summary>Requests per second.</summary>
    public double PerSecond => Load.PerSecond ?? Load.Utilization!.Value * Capacity / Work.MeanMs * 1000;

    internal static Scenario Read(Fields fields)
    {
        _ = fields.Text("$schema", 1000);
        var scenario = new Scenario
        {
            Name = fields.FileName("name", 64) ?? throw fields.Missing("name"),
            Description = fields.Text("description", 2000) ?? "",
            Replicas = fields.List("replicas", 1000, ReplicaGroup.Read),
            Clients = fields.Object("clients") is { } clients ? ClientGroup.Read(clients) : new ClientGroup(),
            Load = Load.Read(fields.Object("load") ?? throw fields.Missing("load")),
            Work = fields.Object("work") is { } work ? Work.Read(work) : new Work(),
            Network = fields.Object("network") is { } network ? Network.Read(network) : new Network(),
            DeadlineMs = fields.Number("deadline_ms", 0.1, 8.64e7),
            WarmUpS = fields.Number("warm_up_s", 10, 0, 1e5),
            Help = fields.Object("help") is { } help ? Help.Read(help) : Help.None,
            Profiles = fields.List("profiles", 1000, Profile.Read),
            Requests = fields.Whole("requests", 1_000_000, 1, 1_000_000_000),
        };
        fields.NoMore();
        if (scenario.Replicas.Count == 0) throw fields.Missing("replicas");
        if (scenario.Replicas.Sum(group => group.Count) > MostReplicas) throw fields.Wrong($"replicas are more than {MostReplicas} in all.");
        if (scenario.Replicas.Sum(group => (long)group.Count) * scenario.Clients.Count > MostPairs)
            throw fields.Wrong($"replicas times clients is above {MostPairs}, which is more than memory holds: take fewer of either.");
        if (scenario.DeadlineMs is null && (scenario.PerSecond * scenario.Work.MeanMs / 1000 >= scenario.Capacity || scenario.Profiles.Any(profile => profile.NeedsDeadline)))
            throw fields.Wrong("deadline_ms is missing: requests of this scenario could wait for ever.");
        return scenario;
    }
}
