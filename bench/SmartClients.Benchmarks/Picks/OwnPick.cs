using SmartClients.Candidates;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Benchmarks.Picks;

/// <summary>The director's own pick: everything from the shortlist to the replica, and its count up and down.</summary>
sealed class OwnPick
{
    const int Keys = 1024;
    const int Answers = 3;

    readonly Chooser chooser;
    readonly Clock clock;
    readonly Policy policy;
    readonly string?[] keys = new string?[Keys];
    readonly Evidence[] told;
    readonly Replica[] replicas;

    /// <param name="name">The policy.</param>
    /// <param name="endpoints">How many.</param>
    /// <param name="keyed">Whether requests have keys.</param>
    public OwnPick(string name, int endpoints, bool keyed = false)
    {
        var options = new DirectorOptions { Policy = name, Zone = "zone 0" };
        clock = new Clock(options.Time);
        var availability = new Availability("bench", options, clock);
        policy = Policies.Find(name);
        chooser = new Chooser(options, policy, availability);
        if (keyed) keys = [.. Enumerable.Range(0, Keys).Select(i => "key " + i)];
        var set = new MemberSet([.. Enumerable.Range(0, endpoints).Select(i => new Endpoint($"10.0.{i / 250}.{i % 250}", 80) { Zone = "zone " + i % 3 })], "list");
        var members = Members.None.Next(set, new Dictionary<string, Replica>(), clock.Now);
        availability.Changed(members);
        foreach (var replica in members.Replicas)
        {
            replica.Learning.Succeeded(clock.Now);
            replica.Learning.Took(Random.Shared.Next(500_000, 1_500_000), clock.Now, 5e9);
        }
        replicas = [.. members.Replicas];
        told = Array.ConvertAll(replicas, _ => new Evidence(new LoadReport
        {
            RequestsInFlight = Random.Shared.Next(0, 6),
            Latency = Random.Shared.Next(1, 20),
            RequestsPerSecond = Random.Shared.Next(500, 1_500),
            ApplicationUtilization = 0.5,
        }, ReportSource.Polled, clock.Now - 20 * Clock.Second));
        // A round robin takes weights that are ten seconds old; the others what is of now.
        foreach (var (i, replica) in replicas.Index())
        {
            policy.Reported(replica, told[i]);
            policy.Reported(replica, told[i] = told[i] with { ReceivedAt = clock.Now });
        }
        foreach (var replica in replicas) policy.Observe(replica, Outcome.Success, Clock.Millisecond, clock.Now);
    }

    /// <summary>With the answers to the probes that a request sends, as they come to the policy.</summary>
    public void RunWithAnswers(int count)
    {
        var now = clock.Now;
        for (var (i, next) = (0, 0); i < count; i++)
        {
            for (var answer = 0; answer < Answers; answer++, next = next + 1 < told.Length ? next + 1 : 0) policy.Reported(replicas[next], told[next] with { ReceivedAt = now });
            var replica = chooser.First(repeatable: true, key: null, typical: 1_000_000, now)!;
            replica.Learning.Begin();
            replica.Learning.End();
        }
    }

    public void Run(int count)
    {
        // A request reads the clock for other reasons too: that is counted in "sends".
        var now = clock.Now;
        for (var i = 0; i < count; i++)
        {
            var replica = chooser.First(repeatable: true, keys[i % Keys], typical: 1_000_000, now)!;
            replica.Learning.Begin();
            replica.Learning.End();
        }
    }
}
