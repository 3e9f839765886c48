using SmartClients.Naming;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Sessions;

/// <summary>How machines are reached.</summary>
internal abstract class Protocol
{
    /// <summary>Whether the next machine's shell is where the last one's was.</summary>
    public abstract bool BringsBack { get; }

    /// <summary>Opens a way to a machine's shell.</summary>
    /// <param name="endpoint">The machine.</param>
    /// <param name="state">What the shell there is to begin with, and what it tells.</param>
    /// <param name="screen">Where its output goes.</param>
    /// <param name="size">The window's.</param>
    /// <param name="isFirst">No other machine was lost before.</param>
    /// <param name="cancel">Gives up.</param>
    public abstract ValueTask<Connection> OpenAsync(Endpoint endpoint, ShellState state, Screen screen, WindowSize size, bool isFirst, CancellationToken cancel);

    /// <summary>Whether the machine's server answers in time; <see langword="null"/> where it cannot be asked.</summary>
    public abstract Task<bool?> LivesAsync(Endpoint endpoint, TimeSpan limit, CancellationToken cancel);
}
