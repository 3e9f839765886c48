using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Everything ejected, tiny groups, and no group at all.</summary>
public class D05_AllBadIsStillTried
{
    public static TheoryData<string, int> PoliciesAndSizes => new(Policies.Names.SelectMany(name => Enumerable.Range(1, 5).Select(n => (name, n))));

    [Theory]
    [MemberData(nameof(PoliciesAndSizes))]
    public void When_all_fail_all_are_asked_every_time_and_the_first_to_recover_is_found(string policy, int n)
    {
        var world = new TestWorld(n);
        foreach (var machine in world.Machines) machine.Fault = () => new RequestException("HTTP 500", Delivery.NeverSent);
        var director = world.Director(o => o with { Policy = policy, RetriesPerSecond = 10_000 });
        for (var i = 0; i < 100; i++)
        {
            var before = world.Received;
            var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
            Assert.Equal((UnavailableReason.EveryReplicaFailed, n), (error.Reason, error.Attempts.Length));
            Assert.Equal(n, world.Received - before);
            Assert.InRange(director.Members.Count(m => m.State is ReplicaState.Ejected or ReplicaState.OnTrial), 0, Ejection.MostOut(n, 0.5));
        }
        world.Machines[^1].Fault = () => null;
        Assert.Equal(world.Machines[^1].Endpoint.Address, world.Send(director));
    }

    [Fact]
    public void One_alone_is_never_ejected()
    {
        var world = new TestWorld(1);
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(o => o with { MaxOut = 1 });
        for (var i = 0; i < 50; i++) Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
        Assert.Equal((50, ReplicaState.Up), (world[0].Received, director.Members[0].State));
    }

    [Fact]
    public void When_all_are_leaving_they_are_asked_all_the_same()
    {
        var world = new TestWorld(3);
        var director = world.Director(o => o with { ClassifyException = e => Outcome.Failure(Delivery.NeverSent, "draining", e) with { Leaving = true } });
        foreach (var machine in world.Machines) machine.Fault = () => new IOException("draining");
        for (var i = 0; i < 3; i++) Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
        foreach (var machine in world.Machines) machine.Fault = () => null;
        Assert.NotEmpty(world.Send(director));
    }

    [Fact]
    public async Task No_group_at_all_is_told_within_bounds_and_by_name()
    {
        var world = new TestWorld(0);
        await using var director = world.Director(source: new ScriptedNames());
        var sent = director.SendAsync(world.Ask, cancel: TestContext.Current.CancellationToken).AsTask();
        await Real.Until(world.Time, TimeSpan.FromSeconds(1), () => sent.IsCompleted);
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => sent);
        Assert.Equal((UnavailableReason.NoMembers, Delivery.NeverSent), (error.Reason, error.Delivery));
        Assert.Contains("script", error.Message, StringComparison.Ordinal);
    }
}
