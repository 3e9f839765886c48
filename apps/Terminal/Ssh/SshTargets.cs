using System.Collections.Concurrent;
using System.Net.Sockets;
using SmartClients.Naming;

namespace SmartClients.Terminals.Ssh;

/// <summary>What is known of the machines beside their connections: where they are, and whether their servers live.</summary>
internal sealed class SshTargets(SshOptions options, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, Task<SshTarget>> known = new();

    /// <summary>Where ssh goes for a machine.</summary>
    public Task<SshTarget> FindAsync(Endpoint endpoint) => known.GetOrAdd(endpoint.Address, _ => AskAsync(endpoint));

    /// <summary>Whether the machine's server says its first words in time; <see langword="null"/> where it cannot be asked from here.</summary>
    public async Task<bool?> LivesAsync(Endpoint endpoint, TimeSpan limit, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            var target = await FindAsync(endpoint).WaitAsync(both.Token);
            if (!target.Direct) return null;
            using var socket = new TcpClient();
            await socket.ConnectAsync(target.Host, target.Port, both.Token);
            var words = new byte[4];
            await socket.GetStream().ReadExactlyAsync(words, both.Token);
            return words.AsSpan().SequenceEqual("SSH-"u8);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return false;
        }
    }

    async Task<SshTarget> AskAsync(Endpoint endpoint)
    {
        using var late = new CancellationTokenSource(Patience, time);
        var told = await ShortCommand.RunAsync("ssh", SshArguments.Configuration(endpoint, options), late.Token);
        return SshTarget.Read(endpoint, told ?? "");
    }
}
