using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Publishing;

/// <summary>
/// The lineage that a directory serves with a certificate: what it has seen itself goes before what the publisher sent, since nobody signs a
/// lineage. A client that knows an old key of the service can so follow to the new one.
/// </summary>
internal static class Ancestry
{
    static readonly string[] SignedParts = ["protected", "payload", "signature"];

    /// <summary>The accepted successor of a known certificate, with the lineage that leads to it; as it came where that is its own.</summary>
    public static SignedCertificate Complete(SignedCertificate accepted, SignedCertificate known)
    {
        var lineage = Lineage(accepted, known).TakeLast(SignedCertificate.MostLineage).ToList();
        if (IsSame(lineage, accepted.Lineage)) return accepted;
        var source = $"The certificate of '{accepted.Certificate.Name}' with its lineage";
        var document = Write(accepted, lineage);
        // Clients of the oldest key lose; without this nobody could publish any more.
        while (document.Length > SignedCertificate.MostBytes && lineage.Count > 0)
        {
            lineage.RemoveAt(0);
            document = Write(accepted, lineage);
        }
        return SignedCertificate.Read(document, source);
    }

    static IEnumerable<SignedCertificate> Lineage(SignedCertificate accepted, SignedCertificate known)
    {
        if (accepted.Key == known.Key) return known.Lineage.IsEmpty ? accepted.Lineage : known.Lineage;
        var own = accepted.Lineage.SkipWhile(one => one.Key != known.Key).ToList();
        if (own.Count == 0) own = [known, .. accepted.Lineage.SkipWhile(one => one.Key != known.Certificate.NextKey)];
        return known.Lineage.Concat(own);
    }

    static bool IsSame(List<SignedCertificate> one, ImmutableArray<SignedCertificate> other) =>
        one.Count == other.Length && !one.Where((certificate, i) => !certificate.Payload.Span.SequenceEqual(other[i].Payload.Span)).Any();

    // What is signed is carried over as it stands.
    static byte[] Write(SignedCertificate accepted, List<SignedCertificate> lineage)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteParts(json, accepted);
            if (lineage.Count > 0)
            {
                json.WriteStartObject("header");
                json.WriteStartArray("lineage");
                foreach (var one in lineage)
                {
                    json.WriteStartObject();
                    WriteParts(json, one);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    static void WriteParts(Utf8JsonWriter json, SignedCertificate certificate)
    {
        using var document = JsonDocument.Parse(certificate.Document);
        foreach (var part in SignedParts) json.WriteString(part, document.RootElement.GetProperty(part).GetString());
    }
}
