using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

/// <summary>Certificates to try things with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static ServiceName Name { get; } = ServiceName.OfService("quotes");

    public static ServiceCertificate Certificate(long serial = 1, string? nextKey = null) => new()
    {
        Name = "quotes",
        Serial = serial,
        Issued = Now.AddDays(-1),
        Expires = Now.AddDays(90),
        Endpoints = [new Endpoint("10.0.0.1", 8080)],
        NextKey = nextKey,
    };

    /// <summary>One with every field there is.</summary>
    public static ServiceCertificate Full { get; } = Certificate(7) with
    {
        Title = "Quotes of the day",
        Description = "Says something wise, once a day.",
        Keywords = ["quotes", "wisdom"],
        UseStale = TimeSpan.FromDays(7),
        Endpoints =
        [
            new Endpoint("10.0.0.1", 8080),
            new Endpoint("::1", 81)
            {
                Zone = "eu-1", Weight = 2.5, Priority = 1, Authority = "quotes.example.org", Metadata = new Dictionary<string, string> { ["rack"] = "7" }.ToFrozenDictionary(),
            },
        ],
        Sources = ["srv:_quotes._tcp.example.org", "https://example.org/members.json", "members:/.well-known/members"],
        SignedMembers = true,
        Policy = new CertifiedPolicy { Name = "blended", Affinity = true, Hedge = false, Timeout = TimeSpan.FromSeconds(5), AttemptTimeout = TimeSpan.FromMilliseconds(1500) },
        Limits = new CertifiedLimits { Members = 500, Attempts = 3, RetryShare = 0.1, HedgeShare = 0.02 },
        Interface = new ClientInterface { Scheme = "http", Command = "smart call service://quotes/today", Page = new Uri("https://example.org/quotes") },
        NextKey = new string('A', 43),
    };

    public static SignedCertificate Read(byte[] document) => SignedCertificate.Read(document, "quotes.jws");

    public static SignedCertificate Sign(this SigningKey key, long serial, string? nextKey = null, SignedCertificate? previous = null) =>
        Read(key.Sign(Certificate(serial, nextKey), previous));

    /// <summary>An envelope that breaks the rules: any header, payload and lineage, with a signature that fits.</summary>
    public static byte[] Forge(SigningKey key, string payload, Action<JsonObject>? header = null, IEnumerable<SignedCertificate>? lineage = null)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.ToPem());
        var q = ecdsa.ExportParameters(false).Q;
        var signed = new JsonObject
        {
            ["alg"] = "ES256",
            ["typ"] = "service-certificate+json",
            ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(q.X), ["y"] = Base64Url.EncodeToString(q.Y) },
        };
        header?.Invoke(signed);
        var (first, second) = (Encode(signed.ToJsonString()), Encode(payload));
        var envelope = new JsonObject
        {
            ["protected"] = first,
            ["payload"] = second,
            ["signature"] = Base64Url.EncodeToString(ecdsa.SignData(Encoding.ASCII.GetBytes($"{first}.{second}"), HashAlgorithmName.SHA256)),
        };
        if (lineage is not null) envelope["header"] = new JsonObject { ["lineage"] = new JsonArray([.. lineage.Select(one => (JsonNode)Bare(one))]) };
        return JsonSerializer.SerializeToUtf8Bytes(envelope);
    }

    public static string Payload(ServiceCertificate certificate) => Encoding.UTF8.GetString(CertificateDocument.Write(certificate));

    /// <summary>The document as an object, to change.</summary>
    public static JsonObject Object(ReadOnlyMemory<byte> document) => JsonNode.Parse(document.Span)!.AsObject();

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static CertificateException Refused(CertificateFault fault, string why, Action act)
    {
        var error = Assert.Throws<CertificateException>(act);
        Assert.Equal(fault, error.Fault);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        return error;
    }

    static JsonObject Bare(SignedCertificate one)
    {
        var envelope = Object(one.Document);
        envelope.Remove("header");
        return envelope;
    }
}
