using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SmartClients.Outcomes;

namespace SmartClients.Cli.Load;

/// <summary>Counts the attempts of one director through the library's own meter: by replica, and how many were repeats.</summary>
internal sealed class AttemptCounts : IDisposable
{
    sealed class Tally
    {
        public long Attempts;
        public long Failures;
    }

    readonly string service;
    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<string, Tally> replicas = new();
    long retried;
    long hedged;

    public AttemptCounts(string service)
    {
        this.service = service;
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "SmartClients", Name: "smartclients.attempts" or "smartclients.repeats" }) listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(Measured);
        listener.Start();
    }

    /// <summary>Attempts made because an earlier one failed or its replica died.</summary>
    public long Retried => Interlocked.Read(ref retried);

    /// <summary>Attempts made beside one that was slow.</summary>
    public long Hedged => Interlocked.Read(ref hedged);

    /// <summary>Attempts that ended at a replica, and how many of them failed.</summary>
    public (long Attempts, long Failures) At(string address) =>
        replicas.TryGetValue(address, out var tally) ? (Interlocked.Read(ref tally.Attempts), Interlocked.Read(ref tally.Failures)) : default;

    void Measured(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (Tag(tags, "service") != service) return;
        if (instrument.Name == "smartclients.repeats")
        {
            if (Tag(tags, "cause") == "hedge") Interlocked.Add(ref hedged, value);
            else Interlocked.Add(ref retried, value);
            return;
        }
        var tally = replicas.GetOrAdd(Tag(tags, "endpoint") ?? "", static _ => new Tally());
        Interlocked.Add(ref tally.Attempts, value);
        if (Tag(tags, "outcome") is nameof(OutcomeKind.Failed) or nameof(OutcomeKind.PushedBack)) Interlocked.Add(ref tally.Failures, value);
    }

    static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
            if (tag.Key == name) return tag.Value as string;
        return null;
    }

    public void Dispose() => listener.Dispose();
}
