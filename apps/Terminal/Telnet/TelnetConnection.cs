using System.Net.Sockets;
using System.Text;
using SmartClients.Naming;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Telnet;

/// <summary>One telnet connection, and whatever is at its other end.</summary>
internal sealed class TelnetConnection : Connection
{
    static readonly TimeSpan Knock = TimeSpan.FromSeconds(1);

    readonly TcpClient client;
    readonly Endpoint endpoint;
    readonly TelnetProtocol protocol;
    readonly TelnetSettings settings;
    readonly Screen screen;
    readonly TimeProvider time;
    readonly TelnetCodec codec;
    readonly ShellLink link;
    readonly PromptWatch prompt;
    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly Task pinging;
    long heardAt;
    string? abandoned;

    public TelnetConnection(
        TcpClient client, Endpoint endpoint, TelnetProtocol protocol, TelnetSettings settings, ShellState state, Screen screen, WindowSize size, TimeProvider time)
    {
        (this.client, this.endpoint, this.protocol, this.settings, this.screen, this.time) = (client, endpoint, protocol, settings, screen, time);
        codec = new TelnetCodec(settings.Terminal, size);
        link = new ShellLink(state, screen, endpoint.Address, key => ShellScripts.Install(key, state), Write, keepsEarlyKeys: false);
        prompt = new PromptWatch(time);
        heardAt = time.GetTimestamp();
        Ended = EndAsync();
        pinging = Task.WhenAll(PingAsync(), settings.Integrate ? IntegrateAsync() : Task.CompletedTask);
    }

    public override Task<string> Begun { get; } = Task.FromResult("");

    public override Task<Ending> Ended { get; }

    public override void Send(ReadOnlySpan<byte> keys)
    {
        if (!link.Passes(keys)) return;
        if (!codec.Echoes) screen.Show(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(keys).Replace("\r", "\r\n", StringComparison.Ordinal)));
        Write(keys.ToArray());
    }

    public override void Resize(WindowSize size)
    {
        lock (gate) Put(codec.Resize(size));
    }

    public override void Abandon(string why)
    {
        abandoned = why;
        client.Client.Close(0);
    }

    void Write(byte[] keys)
    {
        lock (gate) Put(codec.Encode(keys));
    }

    // Whoever reads finds out what became of the connection.
    void Put(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!bytes.IsEmpty) client.GetStream().Write(bytes);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
        }
    }

    async Task<Ending> EndAsync()
    {
        // What comes is shown from another thread than the constructor's.
        await Task.Yield();
        var why = "the connection ended";
        var isOrderly = false;
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[16 << 10];
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0) Receive(buffer.AsSpan(0, count));
            isOrderly = true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            why = abandoned ?? (error.InnerException as SocketException)?.Message ?? error.Message;
        }
        link.End();
        if (link.Code is { } code) return new Ending(EndingKind.Over, code);
        // A shell that reports its end has not done so. Of others, a machine that still takes connections has ended this one on purpose.
        if (isOrderly && !link.Taught.IsCompleted && await protocol.LivesAsync(endpoint, Knock, CancellationToken.None) is not false) return new Ending(EndingKind.Over);
        return new Ending(EndingKind.Lost, Why: why);
    }

    void Receive(ReadOnlySpan<byte> bytes)
    {
        Volatile.Write(ref heardAt, time.GetTimestamp());
        ReadOnlyMemory<byte> text;
        lock (gate)
        {
            (text, var reply) = codec.Receive(bytes);
            Put(reply.Span);
        }
        prompt.Watch(text.Span);
        link.Receive(text.Span);
    }

    async Task PingAsync()
    {
        while (true)
        {
            await Task.Delay(settings.Alive, time, stop.Token);
            var silence = time.GetElapsedTime(Volatile.Read(ref heardAt));
            if (!codec.IsTelnet || silence < settings.Alive) continue;
            // At the third look in a row.
            if (silence > settings.Alive * 2.5)
            {
                Abandon("it does not answer");
                return;
            }
            // Not where the other end takes nothing: a write would wait for it.
            if (client.Client.Poll(0, SelectMode.SelectWrite)) lock (gate) Put(TelnetCodec.Ping);
        }
    }

    async Task IntegrateAsync()
    {
        await prompt.SeenAsync(stop.Token);
        Write(Encoding.ASCII.GetBytes(ShellScripts.Typed(link.Hello) + "\r"));
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        client.Dispose();
        await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Ended;
        stop.Dispose();
    }
}
