using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>
/// vsftpd under a shell, which ends it with all that it has started, and removes its folder, as soon as the shell's standard input
/// closes. We close it, and the kernel does should this process die: nothing is left, whatever the way out. The shell has a session
/// of its own, so that Ctrl-C at the terminal comes to us alone.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    const string Script = """
        over() { rm -rf -- "$1"; kill -KILL 0; }
        { vsftpd "$1/vsftpd.conf" </dev/null; over "$1"; } &
        read -r _
        over "$1"
        """;
    const int MostOutput = 4096;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    readonly Process process;
    readonly string folder;
    readonly StringBuilder output = new();
    readonly Task reading;

    ServerProcess(Process process, string folder)
    {
        (this.process, this.folder) = (process, folder);
        reading = Task.WhenAll(KeepAsync(process.StandardOutput), KeepAsync(process.StandardError));
    }

    /// <summary>Starts a server, and waits until it answers.</summary>
    /// <param name="address">Where it listens, at <see cref="ServerFolder.Port"/>.</param>
    /// <param name="content">What it serves.</param>
    /// <param name="within">A program and its arguments that run the shell; none for the shell alone.</param>
    /// <param name="before">What the shell does first. <c>$1</c> is the server's folder, the others are <paramref name="arguments"/>.</param>
    /// <param name="arguments">What <paramref name="before"/> needs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <exception cref="IOException">It did not start; the message says why.</exception>
    public static async Task<ServerProcess> StartAsync(
        IPAddress address, byte[] content, string[] within, string before, string[] arguments, TimeProvider time, CancellationToken cancel)
    {
        foreach (var program in (string[])["vsftpd", "setsid", "sh"])
            if (Programs.Find(program) is null) throw new IOException($"{program} is not on this machine: the experiment needs vsftpd and a Linux (apt-get install vsftpd)");
        var folder = ServerFolder.Make(address, content);
        try
        {
            var start = new ProcessStartInfo("setsid", [.. within, "sh", "-c", before + Script, "sh", folder, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            };
            start.Environment["PATH"] = Programs.SearchPath;
            var server = new ServerProcess(Process.Start(start)!, folder);
            try
            {
                await server.AnswersAsync(address, time, cancel);
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
        catch
        {
            // The shell that removes it may not have come so far.
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    async Task AnswersAsync(IPAddress address, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using var timer = new PeriodicTimer(Interval, time);
        while (!process.HasExited)
        {
            try
            {
                // Before its link is up, its address is anybody's: a gateway may take the connection, and say nothing for ever.
                if (!IsNear(address)) throw new IOException("its link is not up");
                using var socket = new TcpClient(address.AddressFamily);
                await socket.ConnectAsync(address, ServerFolder.Port, either.Token);
                // The kernel takes connections before the server does: it answers when it has greeted.
                if (await socket.GetStream().ReadAsync(new byte[1], either.Token) > 0) return;
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // Not yet.
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new IOException($"vsftpd did not answer within {Patience.TotalSeconds:0} s. {Said}");
            }
            await timer.WaitForNextTickAsync(cancel);
        }
        await reading;
        throw new IOException($"vsftpd did not start. {Said}");
    }

    // On this machine, or at the other end of one of its links.
    static bool IsNear(IPAddress address) => IPAddress.IsLoopback(address) || NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up).SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Any(one => one.Address.AddressFamily == address.AddressFamily && new IPNetwork(Masked(one.Address, one.PrefixLength), one.PrefixLength).Contains(address));

    static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPAddress(bytes);
    }

    string Said
    {
        get
        {
            lock (output) return output.Length == 0 ? "" : "It said: " + output;
        }
    }

    async Task KeepAsync(StreamReader from)
    {
        var buffer = new char[1024];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            lock (output) output.Append(buffer, 0, Math.Min(read, MostOutput - output.Length));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
