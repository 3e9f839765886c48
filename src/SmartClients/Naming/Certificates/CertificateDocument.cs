using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>
/// The JSON form of a <see cref="ServiceCertificate"/>: what is signed. Fields that it knows are read strictly, others are passed over; a
/// name that stands twice in one object is refused, since two readers would believe two things. Times are RFC 3339, spans of time ISO
/// 8601 (<c>P7D</c>, <c>PT2.5S</c>; no years, no months). The schema is <c>docs/schemas/service-certificate.schema.json</c>.
/// </summary>
public static class CertificateDocument
{
    /// <summary>The version of the form that is read and written.</summary>
    public const int Version = 1;

    /// <summary>The largest document: 64 KiB.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>The deepest nesting, in fields that are not known either: 16.</summary>
    public const int MostDepth = 16;

    /// <summary>The most words to be found by: 32, of 64 characters each.</summary>
    public const int MostKeywords = 32;

    /// <summary>The most first endpoints: 1,000.</summary>
    public const int MostEndpoints = 1000;

    /// <summary>The most membership sources: 16, of 2,048 characters each.</summary>
    public const int MostSources = 16;

    /// <summary>The largest serial: 2^53 - 1, so that every reader of JSON has the same number.</summary>
    public const long MostSerial = (1L << 53) - 1;

    /// <summary>The longest time from <see cref="ServiceCertificate.Issued"/> to <see cref="ServiceCertificate.Expires"/>: ten years.
    /// What never ends cannot be corrected.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(3653);

    /// <summary>The longest <see cref="ServiceCertificate.UseStale"/>: 366 days.</summary>
    public static readonly TimeSpan LongestStale = TimeSpan.FromDays(366);

    internal static JsonDocumentOptions Strict { get; } = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a document. That it is signed by the right key is another matter: <see cref="SignedCertificate"/>, <see cref="Trust"/>.</summary>
    /// <param name="json">UTF-8, at most <see cref="MostBytes"/>.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <exception cref="CertificateException"><see cref="CertificateFault.Malformed"/>: the message names the field, and what to write.</exception>
    public static ServiceCertificate Parse(ReadOnlyMemory<byte> json, string source)
    {
        using var document = Open(json, source, MostBytes, "certificate");
        return CertificateReader.Read(new Fields(document.RootElement, source));
    }

    /// <summary>Writes a document that <see cref="Parse"/> reads back: defaults are left out.</summary>
    /// <param name="certificate">What to write.</param>
    /// <param name="indented">For people to edit, instead of for the wire.</param>
    /// <exception cref="CertificateException">It breaks a rule of the form; the message names the field.</exception>
    public static byte[] Write(ServiceCertificate certificate, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var json = CertificateWriter.Write(certificate, indented);
        // One set of rules: what could not be read back is not written.
        _ = Parse(json, $"The certificate of '{certificate.Name}'");
        return json;
    }

    internal static JsonDocument Open(ReadOnlyMemory<byte> json, string source, int mostBytes, string what)
    {
        if (json.Length > mostBytes)
            throw new CertificateException(CertificateFault.Malformed, $"{source} is larger than a {what} may be: {json.Length:N0} bytes; the most is {mostBytes:N0}.");
        try
        {
            return JsonDocument.Parse(json, Strict);
        }
        // Half of a surrogate pair in a name is found out late, and with another exception.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CertificateException(CertificateFault.Malformed, $"{source} is not JSON that can be believed: {error.Message}", error);
        }
    }
}
