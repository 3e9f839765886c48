using System.Diagnostics.Metrics;

namespace SmartClients.Http.Rehearsing;

/// <summary>Measures under a name that nobody listens to.</summary>
internal sealed class StagedMeters : IMeterFactory
{
    readonly Meter meter = new("SmartClients.Rehearsal");

    StagedMeters()
    {
    }

    public static StagedMeters Instance { get; } = new();

    public Meter Create(MeterOptions options) => meter;

    public void Dispose() => meter.Dispose();
}
