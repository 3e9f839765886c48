using SmartClients.Naming;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Ssh;

/// <summary>Machines reached by the system's ssh.</summary>
internal sealed class SshProtocol(SshOptions options, SshTargets targets) : Protocol
{
    public override bool BringsBack => true;

    public override ValueTask<Connection> OpenAsync(Endpoint endpoint, ShellState state, Screen screen, WindowSize size, bool isFirst, CancellationToken cancel) =>
        new(new SshConnection(endpoint, options, state, screen, size, isFirst));

    public override Task<bool?> LivesAsync(Endpoint endpoint, TimeSpan limit, CancellationToken cancel) => targets.LivesAsync(endpoint, limit, cancel);
}
