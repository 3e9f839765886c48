using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace SmartClients.Chat.Server.Reading;

/// <summary>As server-sent events: each line is one.</summary>
internal sealed class EventPipe(HttpResponse response) : ReaderPipe
{
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        Write(response.BodyWriter, lines.Span);
        var flushed = await response.BodyWriter.FlushAsync(cancel);
        if (flushed.IsCompleted) throw new IOException("The reader has gone.");
    }

    static void Write(IBufferWriter<byte> body, ReadOnlySpan<byte> lines)
    {
        while (lines.Length > 0)
        {
            var end = lines.IndexOf((byte)'\n') + 1;
            body.Write("data: "u8);
            body.Write(lines[..end]);
            body.Write("\n"u8);
            lines = lines[end..];
        }
    }
}
