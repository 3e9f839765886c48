using System.Diagnostics;

namespace SmartClients.Bench.Processes;

/// <summary>A process of a bench. All of them say on standard output when they are ready, and end when their standard input does, so that none
/// outlives who started it, however that ends.</summary>
internal sealed class Child : IAsyncDisposable
{
    public const string Listening = "listening on ";
    public const string Turned = "turned";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    readonly Process process;
    readonly TimeProvider time;
    readonly string what;

    public Child(ChildProgram program, string what, TimeProvider time, params IEnumerable<string> arguments)
    {
        (this.time, this.what) = (time, what);
        process = Process.Start(program.Start(arguments)) ?? throw new IOException($"{what} did not start.");
    }

    public int Id => process.Id;

    /// <summary>It has something to clear up, and is given time for that.</summary>
    public bool EndsItself { get; init; }

    /// <summary>Waits until it says where it listens.</summary>
    /// <returns>The port.</returns>
    public async Task<int> ListensAsync(CancellationToken cancel)
    {
        var line = await SaysAsync(Listening, cancel);
        return new Uri(line[Listening.Length..]).Port;
    }

    public void Tell(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>Waits for a line that begins like this.</summary>
    /// <exception cref="IOException">It ended, or said nothing for long.</exception>
    public async Task<string> SaysAsync(string beginning, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(either.Token) is { } line)
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"{what} said nothing for {Patience.TotalSeconds:0} s.");
        }
        throw new IOException($"{what} ended before it was ready.");
    }

    /// <summary>Waits for its last line.</summary>
    public async Task<string> LastAsync(CancellationToken cancel) =>
        await process.StandardOutput.ReadLineAsync(cancel) ?? throw new IOException($"{what} ended without a result.");

    /// <summary>Ends it, and returns when it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (EndsItself)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Farewell, time);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
