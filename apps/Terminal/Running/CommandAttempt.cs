using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
internal sealed class CommandAttempt(Endpoint endpoint, SshOptions options, string command)
{
    const int Failed = 255;

    /// <summary>
    /// No sshd tells a command without a terminal that its connection has ended, and a closed standard input means nothing. So somebody
    /// there says each second that he is there, in a mark that says nothing more; when he cannot, nobody reads any longer, and he ends
    /// all that is in the group of the script, which sshd gave it: himself last.
    /// </summary>
    const string Watch = "{ trap \"\" PIPE; while sleep 1 </dev/null >/dev/null 2>&1; printf \"\\033]7770;%s;on\\007\" \"$k\" >&2; do :; done; "
        + "trap \"\" TERM; kill -s TERM -- -$$; sleep 3; kill -s KILL -- -$$; } </dev/null >/dev/null & w=$!; ";

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
        var script = $"printf \"\\033]7770;{hello};ready\\007\" >&2; read -r k && read -r c || exit 255; c=$(printf %s \"$c\" | {{ base64 -d 2>/dev/null || openssl base64 -d -A; }}); "
            + Watch + "\"${SHELL:-/bin/sh}\" -c \"$c\"; e=$?; printf \"\\033]7770;%s;end;%s\\007\" \"$k\" $e >&2; exec 2>/dev/null; kill $w; exit $e";
        var arguments = SshArguments.Run(endpoint, options, log.Path, terminal: false, $"exec /bin/sh -c '{script}'");
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
            await to.WriteAsync(Encoding.ASCII.GetBytes($"{key}\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(command))}\n"), cancel);
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
