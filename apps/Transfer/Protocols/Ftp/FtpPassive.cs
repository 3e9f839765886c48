using System.Globalization;
using System.Net;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>Where a server waits for the data connection.</summary>
internal static class FtpPassive
{
    /// <summary>Reads the answer to EPSV (RFC 2428 §3): <c>Entering Extended Passive Mode (|||6446|)</c>.</summary>
    /// <exception cref="FileException">It holds no port.</exception>
    public static int Extended(string text)
    {
        var open = text.IndexOf('(');
        if (open >= 0 && open + 4 < text.Length)
        {
            var mark = text[open + 1];
            var rest = text.AsSpan(open + 1);
            if (mark is >= '!' and <= '~' && !char.IsAsciiDigit(mark) && rest[1] == mark && rest[2] == mark
                && rest[3..].IndexOf(mark) is > 0 and var end && rest.Length > 3 + end + 1 && rest[3 + end + 1] == ')'
                && ushort.TryParse(rest.Slice(3, end), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
                return port;
        }
        throw new FileException(FileProblem.Malformed, "not FTP: the answer to EPSV names no port");
    }

    /// <summary>Reads the answer to PASV (RFC 959 §4.1.2), with brackets or without: <c>Entering Passive Mode (10,0,0,1,25,46)</c>.</summary>
    /// <exception cref="FileException">It holds no address and port.</exception>
    public static IPEndPoint Plain(string text)
    {
        for (var at = text.IndexOfAny(Digits); at >= 0; at = Next(text, at))
            if (Six(text.AsSpan(at)) is { } found) return found;
        throw new FileException(FileProblem.Malformed, "not FTP: the answer to PASV names no address");
    }

    static readonly char[] Digits = [.. "0123456789"];

    // The next number, past all digits of this one: "1227,0,0,1,…" is no address with its first digit left out.
    static int Next(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at < text.Length ? text.IndexOfAny(Digits, at) : -1;
    }

    static IPEndPoint? Six(ReadOnlySpan<char> text)
    {
        Span<byte> numbers = stackalloc byte[6];
        for (var i = 0; i < 6; i++)
        {
            var length = text.IndexOfAnyExceptInRange('0', '9');
            if (length < 0) length = text.Length;
            if (!byte.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
            text = text[length..];
            if (i == 5) break;
            if (text.IsEmpty || text[0] != ',') return null;
            text = text[1..];
        }
        var port = numbers[4] << 8 | numbers[5];
        return port > 0 ? new IPEndPoint(new IPAddress(numbers[..4]), port) : null;
    }
}
