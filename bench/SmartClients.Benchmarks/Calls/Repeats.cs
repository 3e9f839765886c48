using System.Diagnostics.Metrics;

namespace SmartClients.Benchmarks.Calls;

/// <summary>Counts the hedges and retries that our director tells its meter.</summary>
sealed class Repeats : IDisposable
{
    readonly MeterListener listener = new();
    long count;

    public Repeats()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "smartclients.repeats") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref count, value));
        listener.Start();
    }

    public long Count => Interlocked.Read(ref count);

    public void Dispose() => listener.Dispose();
}
