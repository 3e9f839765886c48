using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>The forms in which an action is written: what compiles here is what people type.</summary>
public class ActionFormsTests
{
    readonly TestWorld world = new(2);

    async Task<string> FetchAsync(Endpoint endpoint, CancellationToken cancel) => await world.Ask(endpoint, cancel).ConfigureAwait(false);

    [Fact]
    public void Tasks_value_tasks_async_lambdas_and_actions_without_a_result()
    {
        var director = world.Director();
        var none = CancellationToken.None;
        Assert.NotNull(world.Time.Run(director.SendAsync((endpoint, cancel) => world.Ask(endpoint, cancel), cancel: none)));
        Assert.NotNull(world.Time.Run(director.SendAsync((endpoint, cancel) => FetchAsync(endpoint, cancel), cancel: none)));
        Assert.NotNull(world.Time.Run(director.SendAsync(async (endpoint, cancel) => await world.Ask(endpoint, cancel).ConfigureAwait(false), cancel: none)));
        var done = director.SendAsync(async (endpoint, cancel) => { await world.Ask(endpoint, cancel).ConfigureAwait(false); }, cancel: none);
        world.Run(1);
        Assert.True(done.IsCompletedSuccessfully);
        Assert.Equal(4, world.Received);
    }
}
