using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Rehearsing;

/// <summary>One of them: takes a sender's lines in order, as real ones do, tells its readers nothing but hello, and dies when it is told to.</summary>
internal sealed class StagedServer
{
    // RFC 6455, section 1.3.
    const string WebSocketAccepts = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    readonly Lock gate = new();
    readonly List<StagedLine> lines = [];
    Exception? death;
    long last;

    /// <summary>The near end of a new connection.</summary>
    public Stream Connect()
    {
        lock (gate)
        {
            if (death is not null) throw death;
            var line = new StagedLine();
            lines.Add(line);
            _ = ServeAsync(line.Far);
            return line.Near;
        }
    }

    public void Die(Exception failure)
    {
        lock (gate)
        {
            death = failure;
            foreach (var line in lines) line.Break(new IOException("SmartClients rehearses a failure: nothing is wrong", failure));
        }
    }

    async Task ServeAsync(Stream stream)
    {
        try
        {
            while (true)
            {
                var head = await HeadAsync(stream).ConfigureAwait(false);
                if (Field(head, "Sec-WebSocket-Key") is { } key) await TellAsync(stream, key).ConfigureAwait(false);
                else await TakeAsync(stream, int.Parse(Field(head, "Content-Length")!, CultureInfo.InvariantCulture)).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The play is over.
        }
    }

    static async Task TellAsync(Stream stream, string key)
    {
#pragma warning disable CA5350 // The protocol's, and no secret.
        var accepts = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + WebSocketAccepts)));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accepts}\r\n\r\n")).ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await socket.ReceiveAsync(new byte[4096].AsMemory(), CancellationToken.None).ConfigureAwait(false);
        var hello = new Frame { Hello = new Hello("rehearsal", "rehearsal", 250, new VersionVector(), Total: false, Own: 0) };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(hello, ChatJson.Plain.Frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        await socket.ReceiveAsync(new byte[16].AsMemory(), CancellationToken.None).ConfigureAwait(false);
    }

    async Task TakeAsync(Stream stream, int length)
    {
        var body = new byte[length];
        await stream.ReadExactlyAsync(body).ConfigureAwait(false);
        var post = JsonSerializer.Deserialize(body, ChatJson.Default.Post)!;
        bool fits;
        lock (gate)
        {
            fits = post.Sequence - (post.Before?.Count ?? 0) <= last + 1;
            if (fits) last = Math.Max(last, post.Sequence);
        }
        var answer = JsonSerializer.SerializeToUtf8Bytes(new PostAnswer(fits ? "stored" : "gap", last + 1), ChatJson.Plain.PostAnswer);
        var status = fits ? "201 Created" : "409 Conflict";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n"), .. answer]).ConfigureAwait(false);
    }

    static async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        do
        {
            await stream.ReadExactlyAsync(one).ConfigureAwait(false);
            head.Append((char)one[0]);
        }
        while (one[0] != '\n' || head is not [.., '\r', '\n', '\r', '\n']);
        return head.ToString();
    }

    static string? Field(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
