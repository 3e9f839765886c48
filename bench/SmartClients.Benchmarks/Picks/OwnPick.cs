using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;

namespace SmartClients.Benchmarks.Picks;

/// <summary>The director's own pick: everything from the shortlist to the replica, and its count up and down.</summary>
sealed class OwnPick
{
    readonly Chooser chooser;
    readonly Clock clock;

    public OwnPick(string policy, int endpoints)
    {
        var options = new DirectorOptions { Policy = policy };
        clock = new Clock(options.Time);
        var availability = new Availability("bench", options, clock);
        chooser = new Chooser(options, Policies.Find(policy), availability);
        var set = new MemberSet([.. Enumerable.Range(0, endpoints).Select(i => new Endpoint($"10.0.{i / 250}.{i % 250}", 80))], "list");
        var members = Members.None.Next(set, new Dictionary<string, Replica>(), clock.Now);
        availability.Changed(members);
        foreach (var replica in members.Replicas)
        {
            replica.Learning.Succeeded(clock.Now);
            replica.Learning.Took(Random.Shared.Next(500_000, 1_500_000), clock.Now, 5e9);
        }
    }

    public void Run(int count)
    {
        // A request reads the clock for other reasons too: that is counted in "sends".
        var now = clock.Now;
        for (var i = 0; i < count; i++)
        {
            var replica = chooser.First(repeatable: true, key: null, typical: 1_000_000, now)!;
            replica.Learning.Begin();
            replica.Learning.End();
        }
    }
}
