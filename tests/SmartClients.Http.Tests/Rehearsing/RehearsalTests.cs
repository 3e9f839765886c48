using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using SmartClients.Http.Rehearsing;
using SmartClients.Picking;
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
    }

    [Fact]
    public async Task Nobody_hears_of_a_rehearsal()
    {
        var heard = new ConcurrentBag<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name is "SmartClients" or "System.Net.Http") self.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear(instrument.Name, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument.Name, tags));
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "SmartClients" or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Hear(activity.OperationName, [.. activity.TagObjects]),
        };
        ActivitySource.AddActivityListener(activities);

        await Rehearsal.RunAsync();

        Assert.Empty(heard);

        void Hear(string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (key, value) in tags)
                if (value is string text && text.Contains("rehears", StringComparison.Ordinal)) heard.Add(what);
        }
    }
}
