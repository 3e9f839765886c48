using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmartClients.Benchmarks.Chat;

/// <summary>A WebSocket that costs next to nothing, so that thousands of them leave the machine to the server.</summary>
sealed class LightSocket : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly SemaphoreSlim sending = new(1);
    byte[] buffer = new byte[2048];
    int from, to;

    public static async Task<LightSocket> OpenAsync(int port, string path, int number)
    {
        var light = new LightSocket();
        // Thousands of them, from several addresses, so that no address runs out of ports.
        light.socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + number % 8)]), 0));
        await light.socket.ConnectAsync(IPAddress.Loopback, port);
        await light.socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        while (true)
        {
            var head = Encoding.ASCII.GetString(light.buffer, 0, light.to);
            var end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new InvalidOperationException(head[..head.IndexOf('\r', StringComparison.Ordinal)]);
                light.from = end + 4;
                return light;
            }
            if (!await light.FillAsync()) throw new InvalidOperationException("The server has closed the connection.");
        }
    }

    public async Task SendAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var frame = new byte[bytes.Length + 14];
        frame[0] = 0x81;
        var at = 2;
        if (bytes.Length < 126) frame[1] = (byte)(0x80 | bytes.Length);
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)bytes.Length);
            at = 4;
        }
        // Masked with zeros, which is a mask.
        bytes.CopyTo(frame, at + 4);
        // Several may be on their way at once, and each goes in one piece.
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(frame.AsMemory(0, at + 4 + bytes.Length));
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>The next text; empty for other frames, <see langword="null"/> at the end. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        while (true)
        {
            if (TryFrame(out var text)) return text;
            if (!await FillAsync()) return null;
        }
    }

    bool TryFrame(out ReadOnlyMemory<byte> text)
    {
        text = default;
        var span = buffer.AsSpan(from, to - from);
        if (span.Length < 2) return false;
        long length = span[1] & 0x7F;
        var head = 2;
        if (length == 126)
        {
            if (span.Length < 4) return false;
            (length, head) = (BinaryPrimitives.ReadUInt16BigEndian(span[2..]), 4);
        }
        else if (length == 127)
        {
            if (span.Length < 10) return false;
            (length, head) = (BinaryPrimitives.ReadInt64BigEndian(span[2..]), 10);
        }
        if (span.Length < head + length) return false;
        var kind = span[0] & 0x0F;
        if (kind == 9) Pong(span.Slice(head, (int)length));
        if (kind == 1) text = buffer.AsMemory(from + head, (int)length);
        from += head + (int)length;
        return true;
    }

    void Pong(ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[6 + 125];
        (frame[0], frame[1]) = (0x8A, (byte)(0x80 | payload.Length));
        frame[2..6].Clear();
        payload.CopyTo(frame[6..]);
        socket.Send(frame[..(6 + payload.Length)]);
    }

    async ValueTask<bool> FillAsync()
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        if (to == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var count = await socket.ReceiveAsync(buffer.AsMemory(to));
        to += count;
        return count > 0;
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }

}
