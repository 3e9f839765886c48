using CsCheck;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Testing;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

/// <summary>What every policy of the table promises. A new line in the table is a new row here.</summary>
public class PolicyContract
{
    public static TheoryData<string> Names => [.. Policies.Names];

    static Replica[] Replicas(int n) => [.. Enumerable.Range(1, n).Select(i => new Replica(TestWorld.Address(i)))];

    static PickContext Context(Replica[] replicas, Random random, string? key = null, long now = Clock.Second, int version = 0) => new()
    {
        Candidates = replicas,
        Version = version,
        Random = random,
        Now = now,
        Key = key,
        Typical = 10e6,
        LatencyDecay = 5e9,
        ReportDecay = 2e9,
        MaxWeight = replicas.Max(r => r.Endpoint.Weight),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Picks_one_of_the_candidates_for_any_number_of_them(string name)
    {
        var policy = Policies.Find(name);
        var random = new Random(1);
        foreach (var n in new[] { 1, 2, 3, 1000, 2, 1 })
        {
            var replicas = Replicas(n);
            for (var i = 0; i < 200; i++)
            {
                var key = i % 2 == 0 ? null : "key " + i;
                Assert.Contains(policy.Pick(Context(replicas, random, key)), replicas);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Picks_a_candidate_when_the_list_shrinks_and_changes_from_pick_to_pick(string name)
    {
        var all = Replicas(20);
        Gen.Select(Gen.Int[0, 19].HashSet[1, 20].Array[1, 30], Gen.Int).Sample((lists, seed) =>
        {
            var policy = Policies.Find(name);
            var random = new Random(seed);
            return lists.All(list =>
            {
                Replica[] some = [.. list.Select(i => all[i])];
                return some.Contains(policy.Pick(Context(some, random)));
            });
        }, iter: 50);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Picks_one_of_the_candidates_whatever_it_was_told_before(string name)
    {
        var list = Gen.Int[0, 29].HashSet[1, 30];
        Gen.Select(Gen.Select(Gen.Int[0, 6], list, Gen.Int[0, 40]).Array[1, 60], Gen.Int).Sample((steps, seed) =>
        {
            // What policies keep with replicas is one policy's.
            var all = Replicas(30);
            for (var i = 0; i < all.Length; i++) all[i].Endpoint = all[i].Endpoint with { Zone = "zone " + i % 3, Weight = 1 + i % 4 };
            var (policy, random) = (Policies.Find(name), new Random(seed));
            var (now, version, roster) = (100 * Clock.Second, 0, all);
            return Array.TrueForAll(steps, step =>
            {
                var (kind, some, number) = step;
                Replica[] those = [.. some.Select(i => all[i])];
                now += number * Clock.Millisecond * (number % 5 == 0 ? 500 : 1);
                switch (kind)
                {
                    case 0:
                        roster = those;
                        policy.Changed(new Roster { Candidates = roster, Version = ++version, Random = random, Zone = number % 2 == 0 ? "zone 1" : null });
                        break;
                    case 1:
                        policy.Observe(those[0], new Outcome { Kind = (OutcomeKind)(number % 5) }, number * Clock.Millisecond, now);
                        break;
                    case 2:
                        var report = new Evidence(new LoadReport { RequestsInFlight = number % 3, Latency = number, RequestsPerSecond = 1 + number, CpuUtilization = number / 40.0 }, (ReportSource)(number % 4), now);
                        those[0].Learning.Reported(report);
                        policy.Reported(those[0], report);
                        break;
                    case 3:
                        var whom = new Replica[ProbeWish.Most];
                        var wish = policy.Probe(Context(roster, random, null, now, version), whom);
                        return wish.Count is >= 0 and <= ProbeWish.Most && wish.Await <= wish.Count && whom.Take(wish.Count).Distinct().All(roster.Contains)
                            && whom.Take(wish.Count).Distinct().Count() == wish.Count;
                    case 4:
                        return those.Contains(policy.Pick(Context(those, random, number % 2 == 0 ? null : "key " + number, now)));
                    default:
                        return roster.Contains(policy.Pick(Context(roster, random, number % 2 == 0 ? null : "key " + number, now, version)));
                }
                return true;
            });
        }, iter: 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Allocates_nothing(string name)
    {
        var policy = Policies.Find(name);
        var replicas = Replicas(100);
        var random = new Random(1);
        policy.Changed(new Roster { Candidates = replicas, Version = 1, Random = random });
        foreach (var replica in replicas)
        {
            replica.Learning.Took(1e6, Clock.Second, 5e9);
            var report = new Evidence(new LoadReport { CpuUtilization = 0.5, RequestsPerSecond = 100, RequestsInFlight = 0, Latency = 3 }, ReportSource.Polled, Clock.Second);
            replica.Learning.Reported(report);
            policy.Reported(replica, report);
            policy.Observe(replica, Outcome.Success, Clock.Millisecond, Clock.Second);
        }
        Assert.Equal(0, Allocated.By(Run));

        void Run()
        {
            for (var i = 0; i < 1_000; i++)
            {
                policy.Pick(Context100(null, i, 1));
                policy.Pick(Context100("key", i, 1));
                // A list of the request's own.
                policy.Pick(Context100(null, i, 0));
                policy.Pick(Context100("key", i, 0));
            }
        }

        PickContext Context100(string? key, int i, int version) => new()
        {
            Candidates = replicas,
            Version = version,
            Random = random,
            Now = Clock.Second + i * Clock.Millisecond,
            Key = key,
            Typical = 10e6,
            LatencyDecay = 5e9,
            ReportDecay = 2e9,
            MaxWeight = 1,
        };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_safe_from_several_threads(string name)
    {
        var policy = Policies.Find(name);
        var replicas = Replicas(7);
        policy.Changed(new Roster { Candidates = replicas, Version = 1, Random = new Random(5) });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5_000; i++)
            {
                if (seed == 0 && i % 500 == 0) policy.Changed(new Roster { Candidates = replicas, Version = 2 + i, Random = random });
                var (now, key) = (Clock.Second + i * Clock.Millisecond, i % 2 == 0 ? null : "key " + i);
                var picked = policy.Pick(i % 3 == 0 ? Context(replicas[..3], random, key, now) : Context(replicas, random, key, now, version: 2 + i / 500 * 500));
                Assert.Contains(picked, replicas);
                picked.Learning.Begin();
                picked.Learning.Took(1e6 + i, now, 5e9);
                picked.Learning.End();
                policy.Reported(picked, new Evidence(new LoadReport { RequestsInFlight = i % 3, Latency = 5, CpuUtilization = 0.5, RequestsPerSecond = 9 }, ReportSource.Probed, now));
                policy.Observe(picked, Outcome.Success, 1_000_000 + i, now);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.All(replicas, r => Assert.Equal(0, r.Vitals.InFlight));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_equal_replica_gets_traffic(string name)
    {
        var policy = Policies.Find(name);
        var replicas = Replicas(10);
        var random = new Random(1);
        var seen = new HashSet<Replica>();
        for (var i = 0; i < 2000; i++)
        {
            // Affinity stays where it is by intent: each client is one, and many clients must spread.
            if (name == "affinity") policy = Policies.Find(name);
            seen.Add(policy.Pick(Context(replicas, random, name is "rendezvous" or "ring-hash" or "maglev" ? "key " + i : null)));
        }
        Assert.Equal(10, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_picks_the_same(string name)
    {
        var replicas = Replicas(9);
        Assert.Equal(Course(), Course());

        List<Replica> Course()
        {
            var (policy, random) = (Policies.Find(name), new Random(42));
            return [.. Enumerable.Range(0, 200).Select(i => policy.Pick(Context(replicas, random, i % 5 == 0 ? "key" : null)))];
        }
    }

    static readonly double?[] Extremes = [null, 0, 1, 1e-308, 1e308, double.MaxValue, -0.0, -1, double.NaN, double.PositiveInfinity];

    static readonly Gen<double?> Odd = Gen.Select(Gen.Int[0, 2 * Extremes.Length], Gen.Double[0, 2]).Select((i, d) => i < Extremes.Length ? Extremes[i] : d);

    [Theory]
    [MemberData(nameof(Names))]
    public void Odd_reports_latencies_and_weights_never_make_it_throw_or_rate_by_no_number(string name)
    {
        var one = Gen.Select(Odd, Odd, Odd, Gen.OneOf(Gen.Const(1.0), Gen.Double[1e-9, 1e6]), Gen.Int[0, 5], Gen.Double[1, 1e12]);
        Gen.Select(one.Array[1, 8], Gen.Int).Sample((vitals, seed) =>
        {
            var replicas = Replicas(vitals.Length);
            for (var i = 0; i < replicas.Length; i++)
            {
                var (_, _, _, weight, running, latency) = vitals[i];
                replicas[i].Endpoint = replicas[i].Endpoint with { Weight = weight };
                replicas[i].Learning.Took(latency, Clock.Second, 5e9);
                for (var n = 0; n < running; n++) replicas[i].Learning.Begin();
            }
            var policy = Policies.Find(name);
            var random = new Random(seed);
            policy.Changed(new Roster { Candidates = replicas, Version = 1, Random = random });
            for (var i = 0; i < replicas.Length; i++)
            {
                var (cpu, application, inFlight, _, _, latency) = vitals[i];
                var report = new Evidence(
                    new LoadReport { CpuUtilization = cpu, ApplicationUtilization = application, RequestsInFlight = inFlight, Latency = cpu, RequestsPerSecond = inFlight, ErrorsPerSecond = application },
                    ReportSource.Pushed, Clock.Second);
                replicas[i].Learning.Reported(report);
                policy.Reported(replicas[i], report);
                policy.Observe(replicas[i], new Outcome { Kind = (OutcomeKind)(i % 5) }, (long)latency, 12 * Clock.Second);
            }
            foreach (var now in new[] { Clock.Second, 3 * Clock.Second, 1000 * Clock.Second })
            {
                var context = Context(replicas, random, "key", now);
                if (!replicas.Contains(policy.Pick(context))) return false;
                if (!replicas.Contains(policy.Pick(Context(replicas, random, "key", now, version: 1)))) return false;
                foreach (var replica in replicas)
                    if (policy.Score(replica, context) is var score && !double.IsNaN(score) && score < 0) return false;
            }
            return true;
        });
    }
}
