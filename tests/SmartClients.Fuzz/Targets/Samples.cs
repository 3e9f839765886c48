using System.Collections.Frozen;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Valid things to start from.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static readonly string[] CertificateWords =
    [
        "\"version\":1", "\"name\":\"quotes\"", "\"title\"", "\"description\"", "\"keywords\"", "\"serial\"", "\"issued\"", "\"expires\"", "\"stale\":\"refuse\"", "{\"use\":\"P7D\"}", "\"endpoints\"",
        "\"sources\"", "\"signedMembers\":true", "\"policy\"", "\"limits\"", "\"interface\"", "\"nextKey\"", "\"timeout\":\"PT2.5S\"", "P1W", "PT9999999999H", "2026-11-23T08:00:00Z",
        "9999-12-31T23:59:59.9999999-14:00", "0001-01-01T00:00:00+14:00", "members:/x", "srv:_a._tcp.b", "https://h/m.json", "service://x", "list:a:1", "[::1]:80", "\"metadata\":{\"a\":\"b\"}", "\"weight\":1e-9",
        "\"priority\":65535", "\"zone\":null", new string('A', 43),
    ];

    public static ServiceCertificate Certificate(long serial = 7) => new()
    {
        Name = "quotes",
        Title = "Quotes of the day",
        Description = "Says something wise, once a day.",
        Keywords = ["quotes", "wisdom"],
        Serial = serial,
        Issued = Now.AddDays(-1),
        Expires = Now.AddDays(90),
        UseStale = TimeSpan.FromDays(7),
        Endpoints =
        [
            new Endpoint("10.0.0.1", 8080),
            new Endpoint("::1", 81) { Zone = "eu", Weight = 2.5, Priority = 1, Authority = "q.test", Metadata = new Dictionary<string, string> { ["rack"] = "7" }.ToFrozenDictionary() },
        ],
        Sources = ["srv:_quotes._tcp.example.org", "https://example.org/members.json", "members:/.well-known/members"],
        SignedMembers = true,
        Policy = new CertifiedPolicy { Name = "blended", Affinity = true, Hedge = false, Timeout = TimeSpan.FromSeconds(5), AttemptTimeout = TimeSpan.FromSeconds(1.5) },
        Limits = new CertifiedLimits { Members = 500, Attempts = 3, RetryShare = 0.1, HedgeShare = 0.02 },
        Interface = new ClientInterface { Scheme = "http", Command = "smart call service://quotes/today", Page = new Uri("https://example.org/quotes") },
    };

    public static ServiceCertificate Small(long serial, string? nextKey = null) => new()
    {
        Name = "quotes",
        Serial = serial,
        Issued = Now.AddDays(-1),
        Expires = Now.AddDays(90),
        Endpoints = [new Endpoint("10.0.0.1", 80)],
        NextKey = nextKey,
    };
}
