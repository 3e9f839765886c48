using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>The fields of a certificate, in the order in which people read them; what has its default is left out.</summary>
internal static class CertificateWriter
{
    // Not for HTML: titles stay readable in the file.
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    public static byte[] Write(ServiceCertificate certificate, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, indented ? Indented : Compact)) Write(json, certificate);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, ServiceCertificate certificate)
    {
        json.WriteStartObject();
        json.WriteNumber("version", CertificateDocument.Version);
        json.WriteString("name", certificate.Name);
        Text(json, "title", certificate.Title);
        Text(json, "description", certificate.Description);
        Texts(json, "keywords", certificate.Keywords);
        json.WriteNumber("serial", certificate.Serial);
        json.WriteString("issued", Time(certificate.Issued));
        json.WriteString("expires", Time(certificate.Expires));
        if (certificate.UseStale != TimeSpan.Zero)
        {
            json.WriteStartObject("stale");
            json.WriteString("use", Durations.Write(certificate.UseStale));
            json.WriteEndObject();
        }
        if (!certificate.Endpoints.IsDefaultOrEmpty)
        {
            json.WriteStartArray("endpoints");
            foreach (var endpoint in certificate.Endpoints) MembersDocument.WriteMember(json, endpoint);
            json.WriteEndArray();
        }
        Texts(json, "sources", certificate.Sources);
        if (certificate.SignedMembers) json.WriteBoolean("signedMembers", true);
        Write(json, certificate.Policy);
        Write(json, certificate.Limits);
        Write(json, certificate.Interface);
        Text(json, "nextKey", certificate.NextKey);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CertifiedPolicy policy)
    {
        if (policy == new CertifiedPolicy()) return;
        json.WriteStartObject("policy");
        Text(json, "name", policy.Name);
        if (policy.Affinity is { } affinity) json.WriteBoolean("affinity", affinity);
        if (policy.Hedge is { } hedge) json.WriteBoolean("hedge", hedge);
        if (policy.Timeout is { } timeout) json.WriteString("timeout", Durations.Write(timeout));
        if (policy.AttemptTimeout is { } attempt) json.WriteString("attemptTimeout", Durations.Write(attempt));
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CertifiedLimits limits)
    {
        if (limits == new CertifiedLimits()) return;
        json.WriteStartObject("limits");
        if (limits.Members != CertifiedLimits.DefaultMembers) json.WriteNumber("members", limits.Members);
        if (limits.Attempts is { } attempts) json.WriteNumber("attempts", attempts);
        if (limits.RetryShare is { } retries) json.WriteNumber("retryShare", retries);
        if (limits.HedgeShare is { } hedges) json.WriteNumber("hedgeShare", hedges);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ClientInterface shown)
    {
        if (shown == new ClientInterface()) return;
        json.WriteStartObject("interface");
        Text(json, "scheme", shown.Scheme);
        Text(json, "command", shown.Command);
        Text(json, "page", shown.Page?.AbsoluteUri);
        json.WriteEndObject();
    }

    static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    static void Texts(Utf8JsonWriter json, string name, System.Collections.Immutable.ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
