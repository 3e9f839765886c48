using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Text;
using System.Text.Json;

namespace SmartClients.Testing;

/// <summary>A real etcd on the loopback interface: one node, which can be killed and started again with what it had stored.</summary>
internal sealed class Etcd : IAsyncDisposable
{
    const int Tries = 5;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // One for all: the pool of connections notices by itself when a node dies.
#pragma warning disable CA5359 // The tests' own certificates.
    static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    });
#pragma warning restore CA5359

    readonly TemporaryFolder folder = new();
    readonly int peerPort;
    readonly IReadOnlyList<string> more;
    readonly string name;
    RunningProcess process;

    Etcd(int port, int peerPort, string name, IReadOnlyList<string> more)
    {
        (Port, this.peerPort, this.name, this.more) = (port, peerPort, name, more);
        process = Run();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    string Scheme => more.Contains("--cert-file") ? "https" : "http";

    public static async Task<Etcd> StartAsync(CancellationToken cancel, params IReadOnlyList<string> more)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (port, peer) = (FreePort.Find(), FreePort.Find());
            var etcd = new Etcd(port, peer, "one", [.. more, "--initial-cluster", $"one=http://127.0.0.1:{peer}"]);
            try
            {
                await etcd.ReadyAsync(cancel);
                return etcd;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port in between.
                await etcd.DisposeAsync();
            }
        }
    }

    /// <summary>Several nodes of one cluster.</summary>
    public static async Task<IReadOnlyList<Etcd>> ClusterAsync(int size, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ports = Enumerable.Range(0, size).Select(_ => (Client: FreePort.Find(), Peer: FreePort.Find())).ToList();
            var cluster = string.Join(',', ports.Select((port, i) => $"n{i}=http://127.0.0.1:{port.Peer}"));
            var nodes = ports.Select((port, i) => new Etcd(port.Client, port.Peer, $"n{i}", ["--initial-cluster", cluster])).ToList();
            try
            {
                foreach (var node in nodes) await node.ReadyAsync(cancel);
                return nodes;
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                foreach (var node in nodes) await node.DisposeAsync();
            }
        }
    }

    /// <summary>Ends it without a word.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        await process.SignalAsync("KILL", cancel);
        await process.ExitAsync(cancel);
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, at the same address.</summary>
    public async Task RestartAsync(CancellationToken cancel, bool forgetful = false, bool needsLogin = false)
    {
        if (forgetful) Directory.Delete(Path.Combine(folder.Path, "data"), recursive: true);
        process = Run();
        await ReadyAsync(cancel, needsLogin);
    }

    /// <summary>Freezes it, so that its connections stay open and nothing comes over them.</summary>
    public Task FreezeAsync(CancellationToken cancel) => process.SignalAsync("STOP", cancel);

    public Task ThawAsync(CancellationToken cancel) => process.SignalAsync("CONT", cancel);

    public Task PutAsync(string key, string value, CancellationToken cancel) => AskAsync("kv/put", new { key = Base64(key), value = Base64(value) }, cancel);

    public Task DeleteAsync(string key, CancellationToken cancel) => AskAsync("kv/deleterange", new { key = Base64(key) }, cancel);

    /// <summary>The value under a key; <see langword="null"/> when there is none.</summary>
    public async Task<string?> GetAsync(string key, CancellationToken cancel) =>
        (await AskAsync("kv/range", new { key = Base64(key) }, cancel)).TryGetProperty("kvs", out var found)
            ? found[0].TryGetProperty("value", out var value) ? Encoding.UTF8.GetString(value.GetBytesFromBase64()) : "" : null;

    /// <summary>Waits until a key has a value.</summary>
    public async Task<string> ThereAsync(string key, CancellationToken cancel)
    {
        string? value = null;
        await UntilAsync(async () => (value = await GetAsync(key, cancel)) is not null, cancel);
        return value!;
    }

    /// <summary>Waits until a key is gone.</summary>
    public Task GoneAsync(string key, CancellationToken cancel) => UntilAsync(async () => await GetAsync(key, cancel) is null, cancel);

    static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException("The key did not come, or go.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
        }
    }

    /// <summary>Forgets all history up to now.</summary>
    public async Task CompactAsync(CancellationToken cancel)
    {
        var now = (await AskAsync("kv/range", new { key = Base64("x") }, cancel)).GetProperty("header").GetProperty("revision").GetString();
        await AskAsync("kv/compaction", new { revision = now, physical = true }, cancel);
    }

    public async Task<JsonElement> AskAsync(string path, object question, CancellationToken cancel)
    {
        using var response = await Http.PostAsJsonAsync($"{Scheme}://{Address}/v3/{path}", question, cancel);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    RunningProcess Run()
    {
        var (client, peer) = ($"{Scheme}://{Address}", $"http://127.0.0.1:{peerPort}");
        return RunningProcess.Start("etcd", [
            "--name", name, "--data-dir", Path.Combine(folder.Path, "data"), "--log-level", "error",
            "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
            // Elections within a few tenths of a second, and leases as short as a second or so.
            "--heartbeat-interval", "50", "--election-timeout", "500", .. more]);
    }

    async Task ReadyAsync(CancellationToken cancel, bool needsLogin = false)
    {
        var began = TimeProvider.System.GetTimestamp();
        var ready = false;
        while (!ready)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException("etcd is not ready: " + process.Errors);
            if (process.HasExited) throw new InvalidOperationException("etcd has ended: " + process.Errors);
            try
            {
                await AskAsync("kv/range", new { key = Base64("x") }, cancel);
                ready = true;
            }
            catch (HttpRequestException error) when (needsLogin && error.StatusCode == HttpStatusCode.BadRequest)
            {
                // It says that it wants a user.
                ready = true;
            }
            catch (HttpRequestException)
            {
                // It takes a second or so, which is waited for as long as the process lives.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
