using SmartClients.Naming;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Ssh;

/// <summary>One <c>ssh</c> on a pseudo-terminal, and the shell at its other end.</summary>
internal sealed class SshConnection : Connection
{
    const int Failed = 255;
    const int Killed = 128;

    readonly Endpoint endpoint;
    readonly SshLog log = new();
    readonly ShellLink link;
    readonly LastWords words;
    readonly PtyProcess process;
    string? abandoned;

    public SshConnection(Endpoint endpoint, SshOptions options, ShellState state, Screen screen, WindowSize size, bool isFirst)
    {
        this.endpoint = endpoint;
        link = new ShellLink(state, screen, endpoint.Address, key => ShellScripts.Launch(key, state), bytes => process!.Write(bytes), isFirst);
        words = new LastWords(link.Receive);
        try
        {
            var arguments = SshArguments.Run(endpoint, options, log.Path, terminal: true, ShellScripts.Bootstrap(link.Hello));
            process = PtyProcess.Start("ssh", arguments, size, words.Receive);
        }
        catch
        {
            log.Dispose();
            throw;
        }
        Ended = EndAsync();
    }

    public override Task<string> Begun => link.Taught;

    public override Task<Ending> Ended { get; }

    public override void Send(ReadOnlySpan<byte> keys)
    {
        if (link.Passes(keys)) process.Write(keys);
    }

    public override void Resize(WindowSize size) => process.Terminal.Resize(size);

    public override void Abandon(string why)
    {
        abandoned = why;
        process.Signal(LibC.Kill);
    }

    async Task<Ending> EndAsync()
    {
        var exit = await process.Ended;
        // 255 where ssh has failed, or where a signal has ended the shell's parent: its machine is going down.
        var isOver = link.Code is not null || exit is not Failed and < Killed;
        if (isOver) words.Release();
        link.End();
        if (link.Code is { } code) return new Ending(EndingKind.Over, code);
        var said = log.Read();
        if (!link.IsReady) SshLog.Verify(endpoint, said + link.Before);
        if (isOver) return new Ending(EndingKind.Over, exit);
        return new Ending(Begun.IsCompleted ? EndingKind.Lost : EndingKind.NeverBegun, exit, abandoned ?? SshLog.Reason(said, "the connection ended"));
    }

    public override ValueTask DisposeAsync()
    {
        process.Dispose();
        log.Dispose();
        return default;
    }
}
