using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SmartClients.Testing;

/// <summary>What is told by the meters and the activities of this project and of the platform's HTTP client with a word in one of its tags.</summary>
internal sealed class Overheard : IDisposable
{
    readonly MeterListener meters = new();
    readonly ActivityListener activities;
    readonly ConcurrentQueue<string> told = new();
    readonly string word;

    public Overheard(string word)
    {
        this.word = word;
        meters.InstrumentPublished = static (instrument, self) =>
        {
            if (IsOf(instrument.Meter.Name)) self.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear(instrument.Name, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument.Name, tags));
        meters.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = static source => IsOf(source.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Hear(activity.OperationName, [.. activity.TagObjects]),
        };
        ActivitySource.AddActivityListener(activities);
    }

    /// <summary>Each with the tag that has the word.</summary>
    public IReadOnlyCollection<string> Told => told;

    static bool IsOf(string name) => name is "SmartClients" or "System.Net.Http";

    void Hear(string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
            if (value is string text && text.Contains(word, StringComparison.Ordinal)) told.Enqueue($"{what} {key}");
    }

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }
}
