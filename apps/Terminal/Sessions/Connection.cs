using SmartClients.Terminals.Local;

namespace SmartClients.Terminals.Sessions;

/// <summary>An open way to one machine's shell.</summary>
internal abstract class Connection : IAsyncDisposable
{
    /// <summary>The shell is there: its name, empty where nobody tells it.</summary>
    public abstract Task<string> Begun { get; }

    /// <summary>How it ended. Fails by <see cref="Ssh.HostKeyException"/> only.</summary>
    public abstract Task<Ending> Ended { get; }

    /// <summary>Sends keys.</summary>
    public abstract void Send(ReadOnlySpan<byte> keys);

    /// <summary>The window has another size.</summary>
    public abstract void Resize(WindowSize size);

    /// <summary>It was found dead from outside.</summary>
    public abstract void Abandon(string why);

    public abstract ValueTask DisposeAsync();
}
