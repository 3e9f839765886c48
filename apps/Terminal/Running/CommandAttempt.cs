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
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var reading = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(output, over.Token), ReadErrorsAsync(process, errors, over.Token));
            var ended = process.WaitForExitAsync(over.Token);
            if (await Task.WhenAny(ready.Task, ended) == ready.Task) _ = FeedAsync(process, input, over.Token);
            await ended;
            await reading;
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
        if (exit != Failed) return exit;
        var why = SshLog.Reason(said, "the connection ended");
        throw begun ? new LostException(why) : new RequestException(why, Delivery.NeverSent);
    }

    Process Start(SshLog log)
    {
        var arguments = SshArguments.Run(endpoint, options, log.Path, terminal: false, RunScript.Of(hello));
        return Process.Start(new ProcessStartInfo("ssh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new IOException("ssh cannot be started.");
    }

    async Task ReadErrorsAsync(Process process, Stream errors, CancellationToken cancel)
    {
        var from = process.StandardError.BaseStream;
        var reader = new MarkReader(hello, errors.Write, Found);
        var buffer = new byte[16 << 10];
        var isOwn = false;
        int count;
        while ((count = await from.ReadAsync(buffer, cancel)) > 0)
        {
            reader.Feed(buffer.AsSpan(0, count));
            if (!ready.Task.IsCompleted || isOwn) continue;
            reader.End();
            (isOwn, reader) = (true, new MarkReader(key, errors.Write, Found));
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
        try
        {
            begun = true;
            var to = process.StandardInput.BaseStream;
            await to.WriteAsync(RunScript.Sent(key, command, about), cancel);
            await to.FlushAsync(cancel);
            for (var position = 0L; await input.NextAsync(position, cancel) is { IsEmpty: false } piece; position += piece.Length)
            {
                await to.WriteAsync(piece, cancel);
                await to.FlushAsync(cancel);
            }
            process.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The command reads no more; how it ended is told elsewhere.
        }
    }
}
