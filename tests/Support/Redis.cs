using System.Net.Sockets;
using System.Text;

namespace SmartClients.Testing;

/// <summary>A real Redis on the loopback interface, which keeps on disk what it acknowledges; it can be killed and started again.</summary>
internal sealed class Redis : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder = new();
    RunningProcess process;

    Redis(int port)
    {
        Port = port;
        process = Run();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public static async Task<Redis> StartAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var redis = new Redis(FreePort.Find());
            try
            {
                await Poll.UntilAsync(redis.Answers, cancel);
                return redis;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port in between.
                await redis.DisposeAsync();
            }
        }
    }

    /// <summary>Ends it without a word, and starts it again at the same address with what it had.</summary>
    public Task KillAndRestartAsync(CancellationToken cancel) => KillAndRestartAsync(lose: false, cancel);

    /// <summary>Ends it without a word, and starts it again at the same address with nothing.</summary>
    public Task KillAndLoseAsync(CancellationToken cancel) => KillAndRestartAsync(lose: true, cancel);

    async Task KillAndRestartAsync(bool lose, CancellationToken cancel)
    {
        await KillAsync(cancel);
        if (lose) Directory.Delete(Path.Combine(folder.Path, "appendonlydir"), recursive: true);
        await RestartAsync(cancel);
    }

    /// <summary>Ends it without a word.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        await process.SignalAsync("KILL", cancel);
        await process.ExitAsync(cancel);
        await process.DisposeAsync();
    }

    /// <summary>Starts it again at the same address with what it had.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        process = Run();
        await Poll.UntilAsync(Answers, cancel);
    }

    bool Answers()
    {
        if (process.HasExited) throw new InvalidOperationException("Redis has ended: " + process.Output + process.Errors);
        try
        {
            using var socket = new TcpClient("127.0.0.1", Port);
            var stream = socket.GetStream();
            stream.Write("PING\r\n"u8);
            var reply = new byte[64];
            return Encoding.ASCII.GetString(reply, 0, stream.Read(reply)).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    RunningProcess Run() => RunningProcess.Start("redis-server",
        "--port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder.Path,
        "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning");

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
