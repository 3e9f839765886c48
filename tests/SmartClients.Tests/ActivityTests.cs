using System.Collections.Concurrent;
using System.Diagnostics;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>The one activity source.</summary>
public class ActivityTests
{
    [Fact]
    public void A_request_is_one_activity_its_failed_attempts_are_events_and_what_it_calls_is_its_child()
    {
        // Other tests' requests are heard as well, from their threads.
        var ended = new ConcurrentQueue<Activity>();
        string? parent = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SmartClients",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var world = new TestWorld(2);
        var director = world.Director(policy: new Fixed());
        world[0].Fault = () => new IOException("broken");
        world[1].OnRequest = () => parent = Activity.Current?.Id;
        world.Send(director);

        var activity = Assert.Single(ended, a => a.Id == parent);
        Assert.Equal("smartclients.request", activity.OperationName);
        Assert.Equal(("test", 2, world[1].Endpoint.Address), (activity.GetTagItem("service"), activity.GetTagItem("attempts"), activity.GetTagItem("endpoint")));
        var failed = Assert.Single(activity.Events);
        Assert.Contains(new KeyValuePair<string, object?>("reason", "broken"), failed.Tags);
        Assert.Null(Activity.Current);
    }
}
