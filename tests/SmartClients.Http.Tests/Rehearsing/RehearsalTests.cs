using System.Collections.Concurrent;
using SmartClients.Http.Rehearsing;
using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Rehearsing;

public class RehearsalTests
{
    [Theory]
    [InlineData(Scene.Unavailable, Cause.Retry)]
    [InlineData(Scene.Refused, Cause.Retry)]
    [InlineData(Scene.Broken, Cause.Retry)]
    [InlineData(Scene.Silent, Cause.Hedge)]
    internal async Task The_replica_that_fails_in_a_scene_is_hidden_by_another(Scene scene, Cause how)
    {
        var network = new StagedNetwork { Next = scene };
        await using var director = Rehearsal.DirectorOf(scene);
        using var client = new HttpMessageInvoker(new SmartHandler(director, inner: network.NewHandler()));
        var causes = new ConcurrentQueue<Cause>();
        director.Decided += decision => causes.Enqueue(decision.Cause);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://played/");

        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(reply.IsSuccessStatusCode);
        Assert.Equal([Cause.First, how], causes.Distinct());
        Assert.Equal(scene == Scene.Refused, director.Members.Any(member => member.State == ReplicaState.Ejected));
    }

    [Fact]
    public async Task A_socket_fails_as_the_platforms_do() => Assert.NotNull((await StagedNetwork.FailureAsync()).StackTrace);

    [Fact]
    public async Task Nobody_hears_of_a_rehearsal()
    {
        using var overheard = new Overheard("rehears");

        await Rehearsal.RunAsync();

        Assert.Empty(overheard.Told);
    }
}
