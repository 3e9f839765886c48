using SmartClients.Simulation;

namespace SmartClients.Fuzz.Targets;

/// <summary>Scenarios of the simulator.</summary>
internal sealed class ScenariosTarget : FuzzTarget
{
    public override string Name => "scenarios";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("""{"name":"a","replicas":[{"count":3,"cores":4,"speed":1.5,"order":"fifo","zone":"b","weight":2}],"clients":{"count":2,"zones":["b"],"retries":true},"load":{"utilization":0.5}}"""),
        Utf8("""{"name":"b","replicas":[{}],"load":{"per_second":10,"arrivals":"regular"},"work":{"law":"pareto","shape":1.2},"deadline_ms":100,"help":{"replies":true,"poll_every_ms":5}}"""),
        Utf8("""{"name":"c","replicas":[{}],"load":{"utilization":2},"deadline_ms":9,"profiles":[{"kind":"slow","factor":0.5,"replicas":"0-3,zone:b","from_s":1,"until_s":2},{"kind":"fail","how":"silence"}]}"""),
    ];

    public override IReadOnlyList<string> Words =>
    [
        "name", "replicas", "clients", "load", "work", "network", "help", "profiles", "deadline_ms", "requests", "kind", "antagonists", "deploy", "partition", "surge", "hiccups", "warm-up",
        "all", "zone:b", "0-49", "1e999", "-1", "null", "\\ud800",
    ];

    public override string Feed(byte[] input)
    {
        var read = ScenarioReader.Parse(input);
        Must(read.Name.Length is > 0 and <= 64, "a scenario has a name");
        Must(read.Replicas.Count > 0 && read.Replicas.All(group => group.Count > 0 && group.Cores > 0 && group.Speed > 0), "replicas can serve");
        Must(read.Load.Utilization is null != read.Load.PerSecond is null, "the load is told once");
        return $"read {read.Profiles.Count} {read.Work.Law} {read.Help.Replies} {read.Clients.Zones.Count > 0} {read.DeadlineMs is null} {read.Profiles.FirstOrDefault()?.GetType().Name}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
