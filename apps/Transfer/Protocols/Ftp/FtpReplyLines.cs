using System.Text;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>Puts a reply together line by line (RFC 959 §4.2): <c>226 text</c>, or <c>226-text</c> and whatever lines up to
/// <c>226 text</c>.</summary>
internal sealed class FtpReplyLines
{
    /// <summary>The longest line.</summary>
    public const int MostBytesInLine = 8 << 10;

    /// <summary>The most lines in a reply.</summary>
    public const int MostLines = 512;

    readonly List<string> lines = [];
    int code;

    /// <summary>Takes a line without its end.</summary>
    /// <returns>The reply, once it is whole.</returns>
    /// <exception cref="FileException">No reply looks like this, or none is so long.</exception>
    public FtpReply? Add(ReadOnlySpan<byte> line)
    {
        if (line.Length > MostBytesInLine) throw new FileException(FileProblem.Malformed, "not FTP: a line of the reply is too long");
        if (lines.Count == MostLines) throw new FileException(FileProblem.Malformed, "not FTP: the reply has too many lines");
        var begins = Begins(line, out var number);
        if (lines.Count == 0)
        {
            if (!begins) throw new FileException(FileProblem.Malformed, "not FTP: a reply without a code");
            code = number;
            lines.Add(Text(line));
            return line.Length > 3 && line[3] == '-' ? null : new FtpReply(code, lines);
        }
        // A line in between may begin with anything, the code and a hyphen included.
        var last = begins && number == code && (line.Length == 3 || line[3] == ' ');
        lines.Add(last || begins && number == code ? Text(line) : Encoding.UTF8.GetString(line));
        return last ? new FtpReply(code, lines) : null;
    }

    static string Text(ReadOnlySpan<byte> line) => line.Length > 4 ? Encoding.UTF8.GetString(line[4..]) : "";

    static bool Begins(ReadOnlySpan<byte> line, out int code)
    {
        code = 0;
        if (line.Length < 3 || line[0] is < (byte)'1' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2])) return false;
        if (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')) return false;
        code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
        return true;
    }
}
