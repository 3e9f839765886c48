using System.Diagnostics.Metrics;
using SmartClients.Naming;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

public sealed class TelemetryTests : IDisposable
{
    readonly TestWorld world = new(3);
    readonly MeterListener listener = new();
    readonly Lock gate = new();
    readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> heard = [];

    public TelemetryTests()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "SmartClients") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Hear(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Hear(i, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    Action<string, string>? whenHeard;

    void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, tag) in tags)
            if (name == "service") whenHeard?.Invoke(instrument.Name, (string)tag!);
        lock (gate) heard.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
    }

    // Other tests run at the same time and share the meter: a service's name tells them apart.
    Director Named(string name, Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        var options = new DirectorOptions { Time = world.Time, Random = new Random(5) };
        return new Director(name, new StaticNames(world.Machines.Select(m => m.Endpoint)), tweak?.Invoke(options) ?? options, new Fixed());
    }

    List<(double Value, Dictionary<string, object?> Tags)> Of(string instrument, string service)
    {
        lock (gate) return [.. heard.Where(h => h.Name == instrument && service.Equals(h.Tags.GetValueOrDefault("service"))).Select(h => (h.Value, h.Tags))];
    }

    [Fact]
    public void Attempts_and_how_long_they_took()
    {
        world[0].Fault = () => new IOException("broken");
        world.Send(Named("attempts"));
        var attempts = Of("smartclients.attempts", "attempts");
        Assert.Equal(["Failed", "Succeeded"], attempts.Select(a => a.Tags["outcome"]));
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80"], attempts.Select(a => a.Tags["endpoint"]));
        Assert.All(Of("smartclients.attempt.duration", "attempts"), d => Assert.Equal(0.02, d.Value, 1e-9));
    }

    [Fact]
    public void Repeats_by_cause_and_refusals()
    {
        world[0].Latency = () => TimeSpan.FromSeconds(1);
        world.Send(Named("hedges"), RequestOptions.Hedged);
        Assert.Equal(["hedge"], Of("smartclients.repeats", "hedges").Select(r => r.Tags["cause"]));
        world[0].Fault = () => new IOException("broken");
        world.Send(Named("retries"));
        Assert.Equal(["retry"], Of("smartclients.repeats", "retries").Select(r => r.Tags["cause"]));
        Assert.Throws<ServiceUnavailableException>(() => world.Send(Named("refused", o => o with { RetryShare = 0, RetriesPerSecond = 0 })));
        Assert.Equal(["retry"], Of("smartclients.budget.refusals", "refused").Select(r => r.Tags["cause"]));
    }

    [Fact]
    public void Ejections_with_their_cause()
    {
        world[0].Fault = () => new IOException("broken");
        var director = Named("ejections");
        for (var i = 0; i < 6; i++) world.Send(director);
        Assert.Equal("5 failures in a row", Assert.Single(Of("smartclients.ejections", "ejections")).Tags["cause"]);
    }

    [Fact]
    public void What_was_ignored_by_kind()
    {
        Named("ignored", o => o with { MembersFromReplies = true }).GroupChanged(new MemberSet([], "reply"));
        lock (gate) Assert.Contains(heard, h => h.Name == "smartclients.input.ignored" && "member set".Equals(h.Tags["kind"]));
    }

    [Fact]
    public void A_hedge_whose_last_candidate_has_just_gone_takes_no_retry_from_the_request()
    {
        world[0].Latency = () => TimeSpan.FromMilliseconds(300);
        world[0].Fault = () => new IOException("broken");
        var director = Named("gone");
        // Between the decision to send a copy and the pick of its replica.
        whenHeard = (instrument, service) =>
        {
            if ((instrument, service) != ("smartclients.repeats", "gone")) return;
            whenHeard = null;
            director.Leaving("10.0.0.2:80");
            director.Leaving("10.0.0.3:80");
        };
        Assert.Equal("10.0.0.2:80", world.Send(director, RequestOptions.Hedged));
        Assert.Equal((1, 1, 0), (world[0].Received, world[1].Received, world[2].Received));
    }

    [Fact]
    public void What_a_listener_throws_leaves_nothing_in_flight()
    {
        world[0].Latency = () => TimeSpan.FromSeconds(5);
        var director = Named("throwing");
        whenHeard = (instrument, service) =>
        {
            if ((instrument, service) == ("smartclients.attempts", "throwing")) throw new InvalidOperationException("a bug of the listener's");
        };
        Assert.Throws<InvalidOperationException>(() => world.Send(director, RequestOptions.Hedged));
        whenHeard = null;
        world.Run(10);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }
}
