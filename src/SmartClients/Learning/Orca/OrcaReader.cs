using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SmartClients.Learning.Orca;

/// <summary>
/// Reads load reports in the forms of ORCA. Never throws. Figures that cannot be true (not a number, infinite, negative, a
/// utilization above 1,000, anything else above 10¹²) are dropped one by one; what is malformed or longer than
/// <see cref="MostLength"/> is ignored whole. Both are counted in <c>smartclients.input.ignored</c>. Safe for concurrent use.
/// </summary>
/// <remarks>As proxies and gRPC do it, a header's value without one of the three prefixes is no report; names that are not known are
/// passed over.</remarks>
public static class OrcaReader
{
    internal const string TextPrefix = "TEXT ";
    internal const string JsonPrefix = "JSON ";
    internal const string BinaryPrefix = "BIN ";

    /// <summary>The longest report that is looked at: 8,192 characters or bytes.</summary>
    public const int MostLength = 8 << 10;

    /// <summary>Reads the value of an <c>endpoint-load-metrics</c> header.</summary>
    /// <param name="value">It begins with <c>TEXT</c>, <c>JSON</c> or <c>BIN</c> and a blank.</param>
    /// <param name="report">The report; it has no figures when none was known and could be true.</param>
    /// <returns>Whether it was well-formed.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, [NotNullWhen(true)] out LoadReport? report)
    {
        var figures = new Figures();
        var read = value.Length <= MostLength && (
            value.StartsWith(TextPrefix) ? TextForm.TryRead(value[TextPrefix.Length..], ref figures)
            : value.StartsWith(JsonPrefix) ? TryReadJson(value[JsonPrefix.Length..], ref figures)
            : value.StartsWith(BinaryPrefix) && TryReadBase64(value[BinaryPrefix.Length..].Trim(), ref figures));
        return Conclude(read, figures, out report);
    }

    /// <summary>Reads a report in JSON, in UTF-8 and without a prefix, such as a server answers when it is asked for its load.</summary>
    /// <inheritdoc cref="TryParse"/>
    public static bool TryParseJson(ReadOnlySpan<byte> json, [NotNullWhen(true)] out LoadReport? report)
    {
        var figures = new Figures();
        return Conclude(json.Length <= MostLength && JsonForm.TryRead(json, ref figures), figures, out report);
    }

    /// <summary>Reads a protobuf message, such as the trailer <c>endpoint-load-metrics-bin</c> of a gRPC call carries.</summary>
    /// <inheritdoc cref="TryParse"/>
    public static bool TryParseBinary(ReadOnlySpan<byte> message, [NotNullWhen(true)] out LoadReport? report)
    {
        var figures = new Figures();
        return Conclude(message.Length <= MostLength && BinaryForm.TryRead(message, ref figures), figures, out report);
    }

    static bool Conclude(bool read, in Figures figures, [NotNullWhen(true)] out LoadReport? report)
    {
        report = read ? figures.Report() : null;
        if (!read) Telemetry.BadInput("load report");
        return read;
    }

    static bool TryReadJson(ReadOnlySpan<char> json, ref Figures figures)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        var read = JsonForm.TryRead(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)), ref figures);
        ArrayPool<byte>.Shared.Return(bytes);
        return read;
    }

    static bool TryReadBase64(ReadOnlySpan<char> text, ref Figures figures)
    {
        // gRPC leaves the padding out; the platform's decoder insists on it.
        var padding = (4 - text.Length % 4) % 4;
        var padded = ArrayPool<char>.Shared.Rent(text.Length + padding);
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(padded);
        padded.AsSpan(text.Length, padding).Fill('=');
        var read = Convert.TryFromBase64Chars(padded.AsSpan(0, text.Length + padding), bytes, out var length)
            && BinaryForm.TryRead(bytes.AsSpan(0, length), ref figures);
        ArrayPool<char>.Shared.Return(padded);
        ArrayPool<byte>.Shared.Return(bytes);
        return read;
    }
}
