using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using SmartClients.Bench.Processes;

namespace SmartClients.Bench.Proxies;

/// <summary>Keeps a proxy of somebody else's that knows nothing of who started it: says where it listens, and ends it when standard input
/// ends, so that it cannot outlive the bench.</summary>
public static class ProxyHost
{
    const int Tries = 200;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    static readonly string[] Elsewhere = ["/usr/sbin", "/usr/local/sbin", "/sbin"];

    /// <summary>Where a program is installed, if it is.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(Elsewhere)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs one until standard input ends.</summary>
    /// <param name="name"><c>nginx</c>, <c>haproxy</c>; with <c>-least</c> behind for the fewest requests instead of in turn.</param>
    /// <param name="settings">What it is told.</param>
    /// <param name="input">Ends when it is to end.</param>
    /// <param name="output">Is told where it listens.</param>
    /// <param name="time">The clock.</param>
    public static async Task RunAsync(string name, ProxySettings settings, TextReader input, TextWriter output, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        var program = name.Split('-')[0];
        settings = settings with { Least = name.EndsWith("-least", StringComparison.Ordinal) };
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        try
        {
            var (port, file) = (FreePort(), Path.Combine(folder, "configuration"));
            await File.WriteAllTextAsync(file, program == "nginx" ? NginxConfiguration.Text(settings, port, folder) : HaproxyConfiguration.Text(settings, port));
            string[] arguments = program == "nginx" ? ["-p", folder, "-c", file] : ["-db", "-q", "-f", file];
            using var process = Start(Find(program) ?? program, arguments);
            try
            {
                await ListensAsync(process, port, time);
                await output.WriteLineAsync(FormattableString.Invariant($"{Child.Listening}http://127.0.0.1:{port}"));
                await output.FlushAsync();
                await input.ReadToEndAsync();
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{program} does not start: {error.Message}", error);
        }
    }

    static async Task ListensAsync(Process process, int port, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < Tries && !process.HasExited)
            {
                await Task.Delay(Pause, time);
            }
        }
    }

    // Free a moment ago: neither program can choose one and tell.
    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
