using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using SmartClients.Cli.Demo;
using SmartClients.Cli.Experiments.Links;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments.Figure8.Servers;

/// <summary>
/// <c>smart chat-server</c> under a shell, which starts it for each line that it reads, and ends all and removes the folder as soon as
/// its standard input closes. We close it, and the kernel does should this process die: nothing is left, whatever the way out. The shell
/// has a session of its own, so that Ctrl-C at the terminal comes to us alone.
/// </summary>
internal sealed class ChatProcess : IAsyncDisposable
{
    const string Script = """
        folder=$1; shift
        while read -r port; do
            { "$@" --listen "127.0.0.1:$port" </dev/null & echo "process $!"; wait "$!"; echo over; } &
        done
        rm -rf -- "$folder"; kill -KILL 0
        """;
    const string Ready = "listening on http://127.0.0.1:";
    const int MostOutput = 4096;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    readonly StringBuilder errors = new();
    readonly Process shell;
    readonly string folder;
    readonly TimeProvider time;

    /// <summary>A server that is not started yet.</summary>
    /// <param name="port">Where it will listen; 0 for where it likes.</param>
    /// <param name="peers">The other servers' ports, as this one reaches them.</param>
    /// <param name="time">The clock.</param>
    public ChatProcess(int port, IEnumerable<int> peers, TimeProvider time)
    {
        Port = port;
        foreach (var program in (string[])["setsid", "sh"])
            if (Programs.Find(program) is null) throw new IOException($"{program} is not on this machine: the experiment needs a Linux");
        this.time = time;
        folder = Directory.CreateTempSubdirectory("smart-chat-").FullName;
        string[] words = ["sh", "-c", Script, "sh", folder, .. ThisProgram.Words, "chat-server", "--data", folder, .. peers.SelectMany(Peer)];
        shell = Process.Start(new ProcessStartInfo("setsid", words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        _ = ReadAsync();
        _ = KeepErrorsAsync();
    }

    /// <summary>Where it listens, and after it was started again as well; 0 where that is not known yet.</summary>
    public int Port { get; private set; }

    /// <summary>Whether it was started, and has not been seen to end.</summary>
    public bool Runs => Id != 0;

    int Id { get; set; }

    static string[] Peer(int port) => ["--peer", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")];

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <exception cref="IOException">It ended instead; the message says why.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        await shell.StandardInput.WriteLineAsync(Port.ToString(CultureInfo.InvariantCulture));
        await shell.StandardInput.FlushAsync(cancel);
        while (true)
        {
            var line = await LineAsync(cancel);
            if (line.StartsWith("process ", StringComparison.Ordinal)) Id = int.Parse(line["process ".Length..], CultureInfo.InvariantCulture);
            else if (line.StartsWith(Ready, StringComparison.Ordinal)) Port = int.Parse(line[Ready.Length..], CultureInfo.InvariantCulture);
            else throw new IOException($"A chat server ended before it was ready. {Said}");
            if (Port != 0 && line.StartsWith(Ready, StringComparison.Ordinal)) return;
        }
    }

    /// <summary>Waits until it has ended.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        while (await LineAsync(cancel) != "over")
        {
            // It said something else.
        }
        Id = 0;
    }

    // Until the shell has asked how it ended, a server's number is nobody else's.
    public void Kill() => Signals.Kill(Id);

    public void AskToEnd() => Signals.Terminate(Id);

    public void Freeze() => Signals.Freeze(Id);

    public void Thaw() => Signals.Thaw(Id);

    async Task<string> LineAsync(CancellationToken cancel)
    {
        try
        {
            return await lines.Reader.ReadAsync(cancel).AsTask().WaitAsync(Patience, time, cancel);
        }
        catch (Exception error) when (error is TimeoutException or ChannelClosedException)
        {
            throw new IOException($"A chat server did not start or end within {Patience.TotalSeconds:0} s. {Said}", error);
        }
    }

    string Said
    {
        get
        {
            lock (errors) return errors.Length == 0 ? "" : "It said: " + errors;
        }
    }

    async Task ReadAsync()
    {
        while (await shell.StandardOutput.ReadLineAsync() is { } line) lines.Writer.TryWrite(line);
        lines.Writer.TryComplete();
    }

    async Task KeepErrorsAsync()
    {
        var buffer = new char[1024];
        for (int read; (read = await shell.StandardError.ReadAsync(buffer)) > 0;)
            lock (errors) errors.Append(buffer, 0, Math.Min(read, MostOutput - errors.Length));
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(CancellationToken.None);
        shell.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
