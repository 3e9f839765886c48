namespace SmartClients.Learning.Orca;

/// <summary>The figures of a report that the library uses.</summary>
internal enum Figure
{
    Unknown,
    Cpu,
    Memory,
    Application,
    RequestsPerSecond,
    ErrorsPerSecond,
    InFlight,
    Latency,
    Cost,
}
