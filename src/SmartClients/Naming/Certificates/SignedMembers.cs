using System.Buffers;
using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>A members document that is signed: an envelope as a certificate's, with the type <c>service-members+json</c>, around
/// <c>{"name", "serial", "expires", "members"}</c>; members are those of <see cref="MembersDocument"/>. Immutable.</summary>
public sealed class SignedMembers
{
    /// <summary>The largest document: 24 MiB.</summary>
    public const int MostBytes = 24 << 20;

    internal const string Type = "service-members+json";

    SignedMembers(MemberSet members, string name, long serial, DateTimeOffset expires, string key) =>
        (Members, Name, Serial, Expires, Key) = (members, name, serial, expires, key);

    /// <summary>The members.</summary>
    public MemberSet Members { get; }

    /// <summary>The service's bare name.</summary>
    public string Name { get; }

    /// <summary>Grows with each change.</summary>
    public long Serial { get; }

    /// <summary>Until when it may be used.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The thumbprint of the key that signed it.</summary>
    public string Key { get; }

    /// <summary>Reads a document and checks its signature, and that it is the expected key's, of the expected service and of now.</summary>
    /// <param name="document">UTF-8, at most <see cref="MostBytes"/>.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <param name="key">The thumbprint of the key that must have signed it: <see cref="Opening.SignedBy"/>.</param>
    /// <param name="service">The bare name of the service that it must be of; <see langword="null"/> where nothing tells.</param>
    /// <param name="known">What the same source told before: its serial must not fall. <see langword="null"/> at first.</param>
    /// <param name="now">The time.</param>
    /// <param name="check">Checks signatures where the platform cannot.</param>
    /// <exception cref="CertificateException">It cannot be believed; the fault and the message say why.</exception>
    public static SignedMembers Read(
        ReadOnlyMemory<byte> document, string source, string key, string? service, SignedMembers? known, DateTimeOffset now, SignatureCheck? check = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var json = CertificateDocument.Open(document, source, MostBytes, "signed members document");
        var from = new Fields(json.RootElement, source);
        if (!from.Has("payload") && from.Has("members"))
            throw new CertificateException(CertificateFault.BadSignature, $"{source} is not signed, and the service's certificate demands it.");
        var envelope = Envelope.Read(from, Type, MembersDocument.MostBytes, source, check);
        var read = Parse(envelope.Payload, source, envelope.Key.Thumbprint);
        if (read.Key != key) throw new CertificateException(CertificateFault.WrongKey, $"{source} is signed by {read.Key}, and the certificate by {key}.");
        if (service is not null && read.Name != service)
            throw new CertificateException(CertificateFault.WrongName, $"{source} tells the members of '{read.Name}', not of '{service}'.");
        if (known is not null && read.Serial < known.Serial)
            throw new CertificateException(CertificateFault.RolledBack, $"{source} has the serial {read.Serial}, and {known.Serial} was seen before: somebody answers with an old one.");
        if (now - read.Expires > Trust.ClockSkew)
            throw new CertificateException(CertificateFault.Expired, $"{source} ended at {CertificateWriter.Time(read.Expires)}, and it is {CertificateWriter.Time(now)}.");
        return read;
    }

    internal static byte[] Payload(string service, long serial, DateTimeOffset expires, IEnumerable<Endpoint> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", service);
            json.WriteNumber("serial", serial);
            json.WriteString("expires", CertificateWriter.Time(expires));
            MembersDocument.WriteMembers(json, members);
            json.WriteEndObject();
        }
        var payload = buffer.WrittenSpan.ToArray();
        _ = Parse(payload, $"The members document of '{service}'", "");
        return payload;
    }

    static SignedMembers Parse(byte[] payload, string source, string key)
    {
        using var document = CertificateDocument.Open(payload, source, MembersDocument.MostBytes, "members document");
        var from = new Fields(document.RootElement, source);
        var name = CertificateReader.Name(from);
        var serial = from.Whole("serial", 1, CertificateDocument.MostSerial) ?? throw from.Wrong("serial", "is missing");
        var expires = from.Time("expires");
        try
        {
            return new SignedMembers(MembersDocument.Parse(payload, source), name, serial, expires, key);
        }
        catch (FormatException error) when (error is not CertificateException)
        {
            throw new CertificateException(CertificateFault.Malformed, error.Message, error);
        }
    }
}
