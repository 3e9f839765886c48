using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClients.Cli.Shell;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary>A certificate that is not signed yet, as people write it: version, serial, issued and expires may be left out. Fields that
/// this program does not know are kept.</summary>
internal static class Draft
{
    /// <summary>How long a certificate lives whose draft does not say.</summary>
    static readonly TimeSpan Life = TimeSpan.FromDays(90);

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload to sign: what the draft leaves out is filled in. The serial is the previous one's and one more, or 1; it is
    /// issued now, and ends 90 days after it is issued.</summary>
    /// <param name="json">The draft.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <param name="previous">What was published before.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CertificateException">It is no draft of a certificate; the message names the field.</exception>
    public static byte[] Complete(ReadOnlyMemory<byte> json, string source, SignedCertificate? previous, DateTimeOffset now)
    {
        using var document = Open(json, source);
        byte[] payload;
        try
        {
            payload = Filled(document.RootElement, previous, now);
        }
        // Half of a surrogate pair, which no reader of the signed document would take either.
        catch (InvalidOperationException error)
        {
            throw new UsageException($"{source} is not JSON that can be believed: {error.Message}");
        }
        _ = CertificateDocument.Parse(payload, source);
        return payload;
    }

    static byte[] Filled(JsonElement draft, SignedCertificate? previous, DateTimeOffset now)
    {
        var issued = now;
        // One that is given is the reader's to judge: here it only has to be a time.
        if (draft.TryGetProperty("issued", out var given) && given.ValueKind == JsonValueKind.String && given.TryGetDateTimeOffset(out var time)) issued = time;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (!draft.TryGetProperty("version", out _)) writer.WriteNumber("version", CertificateDocument.Version);
            foreach (var field in draft.EnumerateObject()) field.WriteTo(writer);
            if (!draft.TryGetProperty("serial", out _)) writer.WriteNumber("serial", (previous?.Certificate.Serial ?? 0) + 1);
            if (!draft.TryGetProperty("issued", out _)) writer.WriteString("issued", Text(issued));
            if (!draft.TryGetProperty("expires", out _)) writer.WriteString("expires", Text(After(issued)));
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A draft to start from: without what signing fills in.</summary>
    public static string Of(ServiceCertificate certificate, DateTimeOffset now)
    {
        var draft = JsonNode.Parse(CertificateDocument.Write(certificate with { Serial = 1, Issued = now, Expires = now + Life }))!.AsObject();
        foreach (var field in (string[])["serial", "issued", "expires"]) draft.Remove(field);
        return draft.ToJsonString(Readable) + "\n";
    }

    static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static DateTimeOffset After(DateTimeOffset issued) => DateTimeOffset.MaxValue - issued > Life ? issued + Life : DateTimeOffset.MaxValue;

    static JsonDocument Open(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = CertificateDocument.MostDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new UsageException($"{source} is not a JSON object.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{source} is not JSON that can be believed: {error.Message}");
        }
    }
}
