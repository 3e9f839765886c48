using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Terminals.Marks;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Running;

/// <summary>
/// One try of a command on one machine. The machine says when it is ready, and begins when it is told what to run: until then it
/// certainly has not begun, and from then on it may have.
/// </summary>
internal sealed class CommandAttempt(Endpoint endpoint, SshOptions options, string command, string? about)
{
    const int Failed = 255;
    const int Killed = 128;

    // By what ends us as well, who are in the same group as ssh.
    const int Hung = Killed + 1;
    const int Interrupted = Killed + 2;
    const int Asked = Killed + 15;

    readonly string hello = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    readonly string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int? code;
    bool begun;

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="RequestException">The machine failed; how far it got is told.</exception>
    /// <exception cref="HostKeyException">The machine is not the one that is known.</exception>
    public async Task<int> RunAsync(ReplayedInput input, Stream output, Stream errors, CancellationToken cancel)
    {
        using var log = new SshLog();
        using var process = Start(log);
        var words = new LastWords(errors.Write);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var ended = process.WaitForExitAsync(over.Token);
            var feeding = FeedAsync(process, input, over.Token);
            Task[] needed = [process.StandardOutput.BaseStream.CopyToAsync(output, over.Token), ReadErrorsAsync(process, words, over.Token), ended];
            // Where one of them fails there is nothing to wait for.
            await foreach (var done in Task.WhenEach([feeding, .. needed]))
            {
                await done;
                if (needed.All(task => task.IsCompletedSuccessfully)) break;
            }
            if (code is not null || process.ExitCode != Failed) words.Release();
            return code ?? NoEnd(process.ExitCode, log.Read());
        }
        finally
        {
            await over.CancelAsync();
            if (!process.HasExited) process.Kill();
        }
    }

    int NoEnd(int exit, string said)
    {
        if (!begun) SshLog.Verify(endpoint, said);
        var isKilled = exit > Killed && exit is not (Hung or Interrupted or Asked or Failed);
        if (exit != Failed && !isKilled) return exit;
        var why = isKilled ? $"ssh was ended here, by signal {exit - Killed}" : SshLog.Reason(said, "the connection ended");
        throw begun ? new LostException(why) : new RequestException(why, Delivery.NeverSent);
    }

    Process Start(SshLog log)
    {
        var arguments = SshArguments.Run(endpoint, options, log.Path, terminal: false, RunScript.Of(hello));
        return Process.Start(new ProcessStartInfo("ssh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new IOException("ssh cannot be started.");
    }

    async Task ReadErrorsAsync(Process process, LastWords errors, CancellationToken cancel)
    {
        var from = process.StandardError.BaseStream;
        var reader = new MarkReader(hello, errors.Receive, Found);
        var buffer = new byte[16 << 10];
        var isOwn = false;
        int count;
        while ((count = await from.ReadAsync(buffer, cancel)) > 0)
        {
            reader.Feed(buffer.AsSpan(0, count));
            if (!ready.Task.IsCompleted || isOwn) continue;
            reader.End();
            (isOwn, reader) = (true, new MarkReader(key, errors.Receive, Found));
        }
        reader.End();
    }

    void Found(Mark mark)
    {
        if (mark.Kind == MarkKind.Ready) ready.TrySetResult();
        else if (mark.Kind == MarkKind.End) code = int.Parse(mark.Text, CultureInfo.InvariantCulture);
    }

    async Task FeedAsync(Process process, ReplayedInput input, CancellationToken cancel)
    {
        await ready.Task.WaitAsync(cancel);
        begun = true;
        var to = process.StandardInput.BaseStream;
        if (!await SendAsync(to, RunScript.Sent(key, command, about), cancel)) return;
        for (var position = 0L; await input.NextAsync(position, cancel) is { IsEmpty: false } piece; position += piece.Length)
            if (!await SendAsync(to, piece, cancel)) return;
        process.StandardInput.Close();
    }

    // Whether it reads more; how it ended is told elsewhere.
    static async Task<bool> SendAsync(Stream to, ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        try
        {
            await to.WriteAsync(piece, cancel);
            await to.FlushAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
