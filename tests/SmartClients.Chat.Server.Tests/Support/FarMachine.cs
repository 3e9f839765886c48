using System.Diagnostics;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Support;

/// <summary>A machine at the other end of a cable, which can vanish without a word: a network namespace.</summary>
internal sealed class FarMachine : IAsyncDisposable
{
    // A network for documentation, which is nobody's.
    public const string Here = "198.51.100.1";
    const string There = "198.51.100.2";

    static int made;

    // The kernel takes its time to remove one: the next has another name.
    readonly string number = $"{Environment.ProcessId}n{Interlocked.Increment(ref made)}";

    FarMachine() { }

    string Name => "chatfar" + number;

    string Near => "cf" + number;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One; <see langword="null"/> where this process may make none.</summary>
    public static async Task<FarMachine?> StartAsync()
    {
        var machine = new FarMachine();
        if (!Environment.IsPrivilegedProcess || !await RunAsync("netns", "add", machine.Name)) return null;
        if (await machine.ConnectAsync()) return machine;
        await machine.DisposeAsync();
        return null;
    }

    async Task<bool> ConnectAsync() =>
        await RunAsync("link", "add", Near, "type", "veth", "peer", "name", "far", "netns", Name)
        && await RunAsync("address", "add", Here + "/30", "dev", Near) && await RunAsync("link", "set", Near, "up")
        && await RunAsync("-n", Name, "address", "add", There + "/30", "dev", "far") && await RunAsync("-n", Name, "link", "set", "far", "up");

    /// <summary>A program there.</summary>
    public RunningProcess Start(params IEnumerable<string> words) => RunningProcess.Start("ip", ["netns", "exec", Name, .. words]);

    /// <summary>Nobody answers there any more, nor says so.</summary>
    public Task VanishAsync() => RunAsync("-n", Name, "address", "flush", "dev", "far");

    static async Task<bool> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("link", "delete", Near);
        await RunAsync("netns", "delete", Name);
    }
}
