using System.Net;
using System.Net.Sockets;
using SmartClients.Testing;

namespace SmartClients.Discovery.Tests.Support;

/// <summary>A real DNS server (Debian's dnsmasq) on a loopback port of its own, that knows only what the test told it.</summary>
internal sealed class Dnsmasq : IAsyncDisposable
{
    const int Tries = 5;

    readonly TemporaryFolder folder = new();
    RunningProcess? process;

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Options that ask this server and no other.</summary>
    public DnsOptions Options => new() { Servers = [Address], Timeout = TimeSpan.FromSeconds(1), Retries = 0, Random = new Random(1) };

    /// <summary>What it has logged: each query and each answer.</summary>
    public string Log => process!.Errors;

    /// <summary>Starts one that answers by these further arguments, such as <c>--srv-host=…</c>, and by the hosts file.</summary>
    public static async Task<Dnsmasq> StartAsync(CancellationToken cancel, params string[] arguments)
    {
        var server = new Dnsmasq();
        server.Hosts();
        await server.RunAsync(arguments, cancel);
        return server;
    }

    /// <summary>What the hosts file says from the next <see cref="ReloadAsync"/> on: <c>127.0.0.1 a.test</c>.</summary>
    public void Hosts(params string[] lines) => folder.Write("hosts", string.Join('\n', [.. lines, ""]));

    /// <summary>Has it read the hosts file again.</summary>
    public Task ReloadAsync(CancellationToken cancel) => process!.SignalAsync("HUP", cancel);

    /// <summary>Kills it, without its having a say.</summary>
    public async Task KillAsync()
    {
        if (process is not null) await process.DisposeAsync();
        process = null;
    }

    /// <summary>Starts it again on its port, with other arguments.</summary>
    public async Task RestartAsync(CancellationToken cancel, params string[] arguments)
    {
        await KillAsync();
        await RunAsync(arguments, cancel);
    }

    async Task RunAsync(string[] arguments, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A port that is free for TCP may be taken for UDP, and by somebody else in between.
            var port = Address.Port == 0 ? FreePort.Find() : Address.Port;
            var running = RunningProcess.Start("dnsmasq", [
                "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-daemon", "--log-facility=-", "--log-queries",
                "--listen-address=127.0.0.1", "--bind-interfaces", $"--port={port}", "--pid-file=", $"--user={Environment.UserName}",
                $"--addn-hosts={Path.Combine(folder.Path, "hosts")}", "--local=/test/", "--local-ttl=1", .. arguments]);
            await Poll.UntilAsync(() => running.HasExited || running.Errors.Contains("started", StringComparison.Ordinal) && Listens(port), cancel);
            if (!running.HasExited)
            {
                (process, Address) = (running, new IPEndPoint(IPAddress.Loopback, port));
                return;
            }
            var errors = running.Errors;
            await running.DisposeAsync();
            if (attempt == Tries || !errors.Contains("in use", StringComparison.Ordinal)) throw new InvalidOperationException("dnsmasq has ended: " + errors);
        }
    }

    static bool Listens(int port)
    {
        try
        {
            using var socket = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }
}
