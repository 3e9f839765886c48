using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartClients.Naming.State;

/// <summary>The form in which state is kept: <c>{"version":1,"sha256":"…","state":{…}}</c>. The digest is that of the bytes of the state
/// as they stand, so that a file with one wrong bit is not believed. For stores that keep documents: files, a browser's storage.</summary>
public static class StateDocument
{
    /// <summary>The largest document that is read or written: 24 MiB. A hundred thousand members with what was learnt of each fit in.</summary>
    public const int MostBytes = 24 << 20;

    const int Version = 1;

    /// <summary>The document of a service's state.</summary>
    /// <param name="service">The name under which it is kept.</param>
    /// <param name="saved">What is kept.</param>
    public static byte[] Write(string service, SavedService saved)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(saved);
        var state = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(state)) StateWriter.Write(json, service, saved);
        var head = $$"""{"version":{{Version}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(state.WrittenSpan))}}","state":""";
        return [.. Encoding.ASCII.GetBytes(head), .. state.WrittenSpan, (byte)'}'];
    }

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="service">Whose state it must be.</param>
    /// <exception cref="FormatException">It is damaged, of another version, or of another service; the message says which.</exception>
    public static SavedService Parse(ReadOnlyMemory<byte> bytes, string service)
    {
        if (bytes.Length > MostBytes) throw new FormatException($"it is larger than {MostBytes >> 20} MiB");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 12 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new FormatException("it is no JSON object");
            if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number))
                throw new FormatException("it has no version");
            if (number != Version) throw new FormatException($"it is of version {number}, and this program reads version {Version}");
            if (!root.TryGetProperty("sha256", out var digest) || digest.ValueKind != JsonValueKind.String || !root.TryGetProperty("state", out var state))
                throw new FormatException("it has no sha256 or no state");
            var actual = Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(state)));
            if (digest.GetString() != actual) throw new FormatException("its content does not fit its sha256");
            return StateReader.Read(state, service);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException("it cannot be read: " + error.Message, error);
        }
    }
}
