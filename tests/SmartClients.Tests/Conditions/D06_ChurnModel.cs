using CsCheck;
using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Ejection against churn: random courses of reload, failure, success, rest, leave, death, trial and time.</summary>
public class D06_ChurnModel
{
    enum Step
    {
        Reload,
        Fail,
        Succeed,
        Fault,
        Rest,
        Leave,
        Die,
        Trial,
        Wait,
        Long,
    }

    static readonly Gen<(Step Step, int Which, int Mask)[]> Courses =
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 7], Gen.Int[1, 255]).Array[1, 120];

    sealed class Group
    {
        public readonly VirtualTime Time = new();
        public readonly Availability Availability;
        public readonly Dictionary<string, Replica> Known = [];
        public Members Members = Members.None;

        public Group(double maxOut)
        {
            Availability = new Availability("test", new DirectorOptions { Random = new Random(1), MaxOut = maxOut }, new Clock(Time));
            Reload(255);
        }

        public void Reload(int mask)
        {
            Members = Members.Next(new MemberSet([.. Enumerable.Range(0, 8).Where(i => (mask >> i & 1) != 0).Select(TestWorld.Address)], "t"), Known, Time.Now);
            foreach (var replica in Members.Replicas) Known[replica.Endpoint.Address] = replica;
            Availability.Changed(Members);
        }

        public void Learn(int which, Outcome outcome, int inARow = 5) =>
            Availability.Learn(Known[TestWorld.Address(which).Address], outcome, inARow, Time.Now, Time.Now);

        public void TrialSucceeds()
        {
            if (Availability.ClaimTrial(Availability.At(Time.Now), repeatable: true, Time.Now) is { } trial) Availability.Learn(trial, Outcome.Success, 0, Time.Now, Time.Now);
        }

        public int Out => Members.Replicas.Count(r => r.Standing.State is ReplicaState.Ejected or ReplicaState.OnTrial or ReplicaState.Resting);

        public void Do(Step step, int which, int mask)
        {
            switch (step)
            {
                case Step.Reload: Reload(mask); break;
                case Step.Fail: Learn(which, Outcome.Failure(Delivery.NeverSent, "refused")); break;
                case Step.Succeed: Learn(which, Outcome.Success); break;
                case Step.Fault: Learn(which, Outcome.Fault(new InvalidOperationException())); break;
                case Step.Rest: Learn(which, new Outcome { Kind = OutcomeKind.PushedBack, RetryAfter = TimeSpan.FromSeconds(mask % 90) }, 0); break;
                case Step.Leave: Learn(which, Outcome.Success with { Leaving = true }); break;
                case Step.Die: Availability.FoundDead(Known[TestWorld.Address(which).Address], "lost", Time.Now); break;
                case Step.Trial: Availability.ClaimTrial(Availability.At(Time.Now), repeatable: true, Time.Now); break;
                case Step.Wait: Time.Run(TimeSpan.FromMilliseconds(mask * 10)); break;
                case Step.Long: Time.Run(TimeSpan.FromSeconds(mask)); break;
            }
        }
    }

    [Fact]
    public void The_list_is_always_the_group_divided_and_never_more_than_the_cap_go_out() =>
        Gen.Select(Courses, Gen.OneOf(Gen.Const(0.5), Gen.Double[0, 1])).Sample((course, maxOut) =>
        {
            var group = new Group(maxOut);
            foreach (var (step, which, mask) in course)
            {
                var before = group.Out;
                group.Do(step, which, mask);
                var list = group.Availability.At(group.Time.Now);
                var members = group.Members.Replicas;
                if (list.Ready.Length == 0) throw new InvalidOperationException("nobody is ready");
                if (!list.Ready.Concat(list.LastResort).OrderBy(r => r.Endpoint.Address).SequenceEqual(members.OrderBy(r => r.Endpoint.Address)))
                    throw new InvalidOperationException($"after {step} the list is not the group");
                if (step != Step.Reload && group.Out > before && group.Out > Ejection.MostOut(members.Length, maxOut))
                    throw new InvalidOperationException($"{step} put {group.Out} of {members.Length} out");
                if (list.Due.Any(r => r.Standing.State != ReplicaState.Ejected || r.Standing.Until > group.Time.Now))
                    throw new InvalidOperationException("one is due that is not");
                if (members.Any(r => r.Standing.State == ReplicaState.Gone)) throw new InvalidOperationException("a member is gone");
                if (group.Known.Values.Except(members).Any(r => r.Standing.State != ReplicaState.Gone))
                    throw new InvalidOperationException("one that left is not gone");
                if (list.Ready.Length < members.Length && list.Ready.Any(r => !r.Standing.TakesRequests) && list.LastResort.Any(r => r.Standing.TakesRequests))
                    throw new InvalidOperationException("a healthy one is of last resort while a bad one is ready");
            }
            return true;
        }, iter: 2000);

    [Fact]
    public void Whatever_happened_all_come_back_when_all_is_well_again_and_can_be_ejected_anew() =>
        Courses.Sample(course =>
        {
            var group = new Group(0.5);
            foreach (var (step, which, mask) in course) group.Do(step, which, mask);
            for (var i = 0; i < 200; i++)
            {
                group.Time.Run(TimeSpan.FromSeconds(10));
                // Where everybody is out, everybody is asked without a trial.
                foreach (var replica in group.Availability.At(group.Time.Now).Ready)
                    group.Availability.Learn(replica, Outcome.Success, 0, group.Time.Now, group.Time.Now);
                group.TrialSucceeds();
            }
            if (group.Members.Replicas.FirstOrDefault(r => r.Standing.State != ReplicaState.Up) is { } stuck)
                throw new InvalidOperationException($"{stuck} is {stuck.Standing.State}: {stuck.Standing.Cause}");
            if (group.Members.Replicas.Length < 2) return true;
            var one = group.Members.Replicas[0];
            group.Availability.Learn(one, Outcome.Failure(Delivery.NeverSent, "refused"), 5, group.Time.Now, group.Time.Now);
            // The multiplier has fallen: after half an hour of health the next ejection is a first one.
            return one.Standing is { State: ReplicaState.Ejected, TimesOut: 1 };
        }, iter: 500);

    [Fact]
    public void A_pick_never_goes_to_a_host_that_left()
    {
        Gen.Select(Gen.Int[1, 255].Array[5, 20], Gen.Int[0, 1000]).Sample((masks, seed) =>
        {
            var world = new TestWorld(8, seed);
            foreach (var machine in world.Machines) machine.Fault = () => world.Random.Next(3) == 0 ? new IOException("broken") : null;
            var director = world.Director(o => o with { RetriesPerSecond = 10_000 });
            var tally = world.Load(director, 200, masks.Length * 0.3);
            foreach (var mask in masks)
            {
                var members = Enumerable.Range(0, 8).Where(i => (mask >> i & 1) != 0).ToList();
                director.GroupChanged(world.Members(members));
                var before = world.Machines.Select(m => m.Received).ToArray();
                world.Run(0.3);
                for (var i = 0; i < 8; i++)
                    if (!members.Contains(i) && world[i].Received != before[i]) return false;
            }
            return true;
        }, iter: 30);
    }

    [Fact]
    public void A_host_removed_while_ejected_leaves_no_count_behind()
    {
        var group = new Group(0.5);
        for (var round = 0; round < 50; round++)
        {
            foreach (var i in Enumerable.Range(0, 8)) group.Learn(i, Outcome.Failure(Delivery.NeverSent, "refused"));
            Assert.Equal(4, group.Out);
            group.Reload(1);
            group.Reload(255);
            Assert.Equal(0, group.Members.Replicas.Skip(1).Count(r => r.Standing.State == ReplicaState.Ejected));
            group.Time.Run(TimeSpan.FromMinutes(5));
            group.TrialSucceeds();
            group.Time.Run(TimeSpan.FromMinutes(5));
        }
    }
}
