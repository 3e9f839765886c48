using System.Buffers;
using System.Text;
using SmartClients.Chat;

namespace SmartClients.Cli.Chatting;

/// <summary>Lines as they are piped in, in UTF-8: a message each, or what is wrong with it. What colours a terminal is left out.</summary>
internal sealed class PipedLines(Stream input)
{
    // Of one line, with what colours it: what is beyond is gone by, and fills no memory.
    const int MostBytes = 1 << 16;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly byte[] buffer = new byte[8192];
    readonly ArrayBufferWriter<byte> line = new();
    int at, end;
    bool tooLong;

    /// <summary>How many lines there were.</summary>
    public int Count { get; private set; }

    /// <summary>The next line that is not empty; <see langword="null"/> at the end.</summary>
    public PipedLine? Next()
    {
        while (ReadToBreak())
        {
            Count++;
            if (tooLong) return new PipedLine(Count, "", $"It has more than {MostBytes:N0} bytes.");
            if (Parse() is { } parsed) return parsed;
        }
        return null;
    }

    PipedLine? Parse()
    {
        string text;
        try
        {
            text = Utf8.GetString(line.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            return new PipedLine(Count, Encoding.UTF8.GetString(line.WrittenSpan), "It is not in UTF-8.");
        }
        text = EscapeSequences.Without(Count == 1 ? text.TrimStart('\ufeff') : text).TrimEnd('\r');
        return string.IsNullOrWhiteSpace(text) ? null : new PipedLine(Count, text, ChatRules.ProblemOfText(text));
    }

    // A line's bytes are in the buffer then; false at the end.
    bool ReadToBreak()
    {
        line.ResetWrittenCount();
        tooLong = false;
        while (true)
        {
            if (at == end)
            {
                (at, end) = (0, input.Read(buffer));
                if (end == 0) return line.WrittenCount > 0 || tooLong;
            }
            var rest = buffer.AsSpan(at, end - at);
            var length = rest.IndexOf((byte)'\n');
            Keep(length < 0 ? rest : rest[..length]);
            at = length < 0 ? end : at + length + 1;
            if (length >= 0) return true;
        }
    }

    void Keep(ReadOnlySpan<byte> bytes)
    {
        tooLong |= line.WrittenCount + bytes.Length > MostBytes;
        if (!tooLong) line.Write(bytes);
    }
}
