using SmartClients.Learning;
using SmartClients.Naming;

namespace SmartClients.Terminals.Loads;

/// <summary>One way to learn how loaded a machine is.</summary>
internal abstract class LoadReader
{
    /// <summary>Asks a machine. <see langword="null"/> when it does not say it this way.</summary>
    public abstract Task<LoadReport?> ReadAsync(Endpoint endpoint, CancellationToken cancel);
}
