using System.Diagnostics;
using System.Globalization;
using SmartClients.Cli.Shell;
using SmartClients.Naming;

namespace SmartClients.Cli.Demo;

/// <summary>One server process: this program again, under the hidden command <c>demo-replica</c>. It is told what to do through its
/// standard input, and ends when that closes, so that it cannot outlive the demo however that ends.</summary>
internal sealed class ReplicaProcess(string name, string directory, TimeProvider time) : IAsyncDisposable
{
    const string Ready = "listening on http://";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    Process? process;

    public string Name => name;

    /// <summary>Where it listens; the same after a restart.</summary>
    public Endpoint Endpoint { get; private set; } = new("127.0.0.1", 1);

    public int Id => process?.Id ?? 0;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="IOException">It ended instead.</exception>
    public async Task StartAsync(int port, CancellationToken cancel)
    {
        process = Process.Start(Command(port)) ?? throw new IOException("The replica did not start.");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
                Endpoint = Endpoint.Parse(line[Ready.Length..]);
                return;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"Replica {name} was not ready after {Patience.TotalSeconds:0} s.");
        }
        throw new IOException($"Replica {name} ended before it was ready.");
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    public void Freeze() => Signals.Freeze(Id);

    public void Thaw() => Signals.Thaw(Id);

    /// <summary>Has it answer 500 to everything.</summary>
    public void Break() => Tell("break");

    public void Mend() => Tell("mend");

    /// <summary>Should the demo die now, this replica wakes another one that is frozen and could not see it; 0 for none.</summary>
    public void Guard(int frozen) => Tell("guard " + frozen.ToString(CultureInfo.InvariantCulture));

    void Tell(string order)
    {
        process!.StandardInput.WriteLine(order);
        process.StandardInput.Flush();
    }

    ProcessStartInfo Command(int port)
    {
        string[] words = [.. ThisProgram.Words, "demo-replica", "--dir", directory, "--port", port.ToString(CultureInfo.InvariantCulture)];
        return new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = directory };
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
