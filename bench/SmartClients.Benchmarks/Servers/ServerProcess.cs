using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Servers;

/// <summary>A server in a process of its own, which can be killed and frozen as the world does it.</summary>
sealed partial class ServerProcess : IDisposable
{
    public const int Kill = 9;
    public const int Stop = 19;

    readonly Process process;

    ServerProcess(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public int Id => process.Id;

    /// <summary>Starts this program in a server's role, and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var process = Child.Start(arguments, keepInput: true);
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProcess(process, int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), provider: null));
    }

    /// <summary>Starts a program of somebody else's that listens on a port given to it, and waits until it does.</summary>
    public static async Task<ServerProcess> StartAsync(string program, IReadOnlyList<string> arguments, int port, string host = "127.0.0.1")
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        for (var tries = 0; ; tries++)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            try
            {
                await socket.ConnectAsync(host, port);
                return new ServerProcess(process, port);
            }
            catch (System.Net.Sockets.SocketException) when (tries < 100 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>What a server child does: serves until whoever started it is gone.</summary>
    public static async Task ServeAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.Out.WriteLine("listening on " + app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    public void Signal(int signal)
    {
        if (SendSignal(process.Id, signal) != 0) throw new InvalidOperationException($"The server cannot be sent signal {signal}.");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
