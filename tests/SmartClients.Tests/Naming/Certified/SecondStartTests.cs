using SmartClients.Tests.World;

namespace SmartClients.Tests.Naming.Certified;

/// <summary>A start that needs no network.</summary>
public sealed class SecondStartTests : IDisposable
{
    readonly ServiceWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_second_start_asks_nobody_before_its_first_request()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        world.Source().Tell(world.Machines.Members(0, 1, 2));
        await using (var first = world.Director())
        {
            await world.SendAsync(first);
            await Real.Until(() => first.Members.Length == 3);
        }
        var (asked, watched) = (world.Directory.Asked, world.Source().Watches);
        Assert.Equal((1, 1), (asked, watched));

        await using var second = world.Director();
        await second.ReadyAsync(TestContext.Current.CancellationToken);
        world.Machines.Run(60);
        Assert.Equal(3, second.Members.Length);
        Assert.Equal((asked, watched), (world.Directory.Asked, world.Source().Watches));
        var inAttempt = (-1, -1);
        var sent = second.SendAsync((endpoint, cancel) =>
        {
            inAttempt = (world.Directory.Asked, world.Source().Watches);
            return world.Machines.Ask(endpoint, cancel);
        }, null, CancellationToken.None).AsTask();
        Assert.Equal((asked, watched), inAttempt);
        await Real.Until(world.Time, TimeSpan.FromMilliseconds(10), () => sent.IsCompleted);
        // Then the members are watched, and the certificate is left alone: it is still fresh.
        await Real.Until(() => world.Source().Watches == watched + 1);
        Assert.Equal(asked, world.Directory.Asked);
    }

    [Fact]
    public async Task With_every_directory_and_the_first_endpoint_gone_a_new_process_still_serves()
    {
        world.Directory.Publish(c => c with { Endpoints = [.. Enumerable.Range(1, 3).Select(TestWorld.Address)] });
        await using (var first = world.Director()) await world.SendAsync(first);
        world.Directory.Fault = new IOException("connection refused");
        world.Machines[0].Fault = () => new IOException("connection refused");
        for (var i = 0; i < 10; i++)
        {
            await using var next = world.Director();
            Assert.NotEqual(TestWorld.Address(1).Address, await world.SendAsync(next));
        }
    }

    [Fact]
    public async Task A_service_that_has_moved_altogether_is_found_by_the_first_request()
    {
        world.Directory.Publish(c => c with { Sources = ["script:0"] });
        world.Source().Tell(world.Machines.Members(0, 1));
        await using (var first = world.Director()) await world.SendAsync(first);
        world.Machines[0].Fault = world.Machines[1].Fault = () => new IOException("nobody is there any more");
        world.Source().Tell(world.Machines.Members(2));

        await using var second = world.Director();
        Assert.Equal(TestWorld.Address(3).Address, await world.SendAsync(second));
    }

    [Fact]
    public async Task Without_state_every_start_asks()
    {
        world.Directory.Publish();
        for (var i = 1; i <= 3; i++)
        {
            await using var director = world.Director(names: world.Names(new SmartClients.Naming.State.MemoryState()), tweak: o => o with { State = null });
            await world.SendAsync(director);
            Assert.Equal(i, world.Directory.Asked);
        }
    }
}
