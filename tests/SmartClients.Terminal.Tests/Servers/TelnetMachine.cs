using System.Net.Sockets;
using SmartClients.Testing;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>One machine with a real telnetd, which asks nobody for a name: loopback only.</summary>
internal sealed class TelnetMachine : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder = new();
    readonly RunningProcess process;

    TelnetMachine(string name, int port, string shell)
    {
        Port = port;
        var login = folder.Write("login.sh", $"#!/bin/sh\nexport MACHINE={name} HOME={folder.Path} PS1='<{name}> '\ncd\nexec {shell}\n");
        File.SetUnixFileMode(login, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // A telnetd has its connection for its standard input, which nofork gives it.
        process = RunningProcess.Start("socat", $"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork", $"EXEC:\"/usr/sbin/telnetd -h -E {login}\",nofork");
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public static async Task<TelnetMachine> StartAsync(string name, CancellationToken cancel, string shell = "/bin/bash --norc")
    {
        for (var attempt = 1; ; attempt++)
        {
            var machine = new TelnetMachine(name, FreePort.Find(), shell);
            try
            {
                await Poll.UntilAsync(machine.Listens, cancel);
                return machine;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port in between.
                await machine.DisposeAsync();
            }
        }
    }

    /// <summary>Sends the machine's processes a signal.</summary>
    public Task SignalAsync(string name, CancellationToken cancel) => ProcessTree.SignalAsync(process.Id, name, cancel);

    bool Listens()
    {
        if (process.HasExited) throw new InvalidOperationException("socat has ended: " + process.Errors);
        try
        {
            using var socket = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await SignalAsync("KILL", CancellationToken.None);
        await process.DisposeAsync();
        folder.Dispose();
    }
}
