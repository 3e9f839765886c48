using System.Globalization;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>What a 206 or 416 reply says of the part that it brings (RFC 9110 §14.4).</summary>
/// <param name="From">The first byte; <see langword="null"/> when the part was beyond the end.</param>
/// <param name="To">The last byte.</param>
/// <param name="Total">Bytes in the whole file; <see langword="null"/> when it was not said.</param>
internal readonly record struct ContentRange(long? From, long? To, long? Total)
{
    /// <summary>Reads <c>bytes 0-99/1000</c>, <c>bytes 0-99/*</c> or <c>bytes */1000</c>.</summary>
    /// <exception cref="FormatException">It is none of these, or contradicts itself.</exception>
    public static ContentRange Parse(string text)
    {
        var rest = text.Trim();
        if (!rest.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase)) throw Bad(text);
        var (range, total) = Halves(rest[6..].Trim(), '/', text);
        long? all = total == "*" ? null : Number(total, text);
        if (range == "*") return all is null ? throw Bad(text) : new ContentRange(null, null, all);
        var (first, last) = Halves(range, '-', text);
        var (from, to) = (Number(first, text), Number(last, text));
        return to < from || to >= all ? throw Bad(text) : new ContentRange(from, to, all);
    }

    static (string, string) Halves(string text, char at, string whole)
    {
        var middle = text.IndexOf(at);
        return middle < 0 ? throw Bad(whole) : (text[..middle].Trim(), text[(middle + 1)..].Trim());
    }

    static long Number(string text, string whole) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(whole);

    static FormatException Bad(string text) => new($"'{text}' is not a range of bytes.");
}
