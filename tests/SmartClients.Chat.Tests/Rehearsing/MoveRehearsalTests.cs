using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using SmartClients.Chat.Rehearsing;
using Xunit;

namespace SmartClients.Chat.Tests.Rehearsing;

public sealed class MoveRehearsalTests
{
    [Fact]
    public async Task Room_and_lines_go_on_at_another_server()
    {
        var (first, next) = await MoveRehearsal.PlayAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(first, next);
    }

    [Fact]
    public async Task A_server_that_dies_breaks_its_connections_and_takes_no_more()
    {
        var server = new StagedServer();
        var read = server.Connect().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        var failure = new SocketException((int)SocketError.ConnectionReset);

        server.Die(failure);

        Assert.Same(failure, (await Assert.ThrowsAsync<IOException>(() => read)).InnerException);
        Assert.Same(failure, Assert.Throws<SocketException>(() => { server.Connect(); }));
    }

    [Fact]
    public async Task Nobody_hears_of_it()
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

        await MoveRehearsal.RunAsync();

        Assert.Empty(heard);

        void Hear(string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (key, value) in tags)
                if (value is string text && text.Contains("rehears", StringComparison.Ordinal)) heard.Add(what + " " + key);
        }
    }
}
