using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SmartClients.Testing;

/// <summary>A program under test: its lines as they come, its exit code, and its end when the test ends.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder errors = new();
    readonly Task reading;

    RunningProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, errors));
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>What came on standard output so far.</summary>
    public string Output => Text(output);

    /// <summary>What came on standard error so far.</summary>
    public string Errors => Text(errors);

    public static RunningProcess Start(string program, params IEnumerable<string> arguments) => Start([], program, arguments);

    /// <summary>Starts one with more in its environment.</summary>
    public static RunningProcess Start(IEnumerable<KeyValuePair<string, string>> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new RunningProcess(Process.Start(start)!);
    }

    /// <summary>Gives it this standard input, and no more.</summary>
    public async Task InputAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
    }

    /// <summary>Gives it some standard input, after which there may be more.</summary>
    public async Task TypeAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for it to end.</summary>
    public async Task<int> ExitAsync(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel).WaitAsync(Patience, cancel);
        await reading.WaitAsync(Patience, cancel);
        return process.ExitCode;
    }

    /// <summary>The first whole line of standard output that holds a text.</summary>
    public async Task<string> LineAsync(string text, CancellationToken cancel)
    {
        string? found = null;
        await Poll.UntilAsync(
            () => (found = Output.Split('\n')[..^1].FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))) is not null || process.HasExited,
            cancel);
        return found ?? throw new InvalidOperationException($"It ended without a line with '{text}': {Output} {Errors}");
    }

    /// <summary>Sends a signal by its name: TERM, INT, KILL.</summary>
    public async Task SignalAsync(string name, CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
    }

    static async Task CopyAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[1024];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
            lock (to) to.Append(buffer, 0, read);
    }

    static string Text(StringBuilder from)
    {
        lock (from) return from.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
