using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>A server of the file, as fast as it is allowed to be.</summary>
/// <param name="Url">Where it has the file.</param>
/// <param name="Limit">MiB a second; 0 for as fast as it can.</param>
/// <param name="Signal">Sends a signal to it, whatever processes it has.</param>
sealed record Mirror(string Url, double Limit, Action<int> Signal)
{
    public const int Kill = 9;
    public const int Stop = 19;
}
