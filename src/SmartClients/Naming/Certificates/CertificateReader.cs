using System.Collections.Immutable;
using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>The fields of a certificate, one by one.</summary>
internal static class CertificateReader
{
    const int KeyCharacters = 43;

    public static ServiceCertificate Read(Fields from)
    {
        if (from.Whole("version", 1, long.MaxValue) is var version && version is null) throw from.Wrong("version", "is missing");
        if (version != CertificateDocument.Version)
            throw from.Wrong("version", $"is {version}; this program reads version {CertificateDocument.Version}: it is older than the certificate");
        var certificate = new ServiceCertificate
        {
            Name = Name(from),
            Title = from.Text("title", 200),
            Description = from.Text("description", 2000),
            Keywords = from.Texts("keywords", CertificateDocument.MostKeywords, 64),
            Serial = from.Whole("serial", 1, CertificateDocument.MostSerial) ?? throw from.Wrong("serial", "is missing"),
            Issued = from.Time("issued"),
            Expires = from.Time("expires"),
            UseStale = Stale(from),
            Endpoints = Endpoints(from),
            Sources = Sources(from),
            SignedMembers = from.Flag("signedMembers") ?? false,
            Policy = from.Object("policy") is { } policy ? Policy(policy) : new(),
            Limits = from.Object("limits") is { } limits ? Limits(limits) : new(),
            Interface = from.Object("interface") is { } shown ? Interface(shown) : new(),
            NextKey = Thumbprint(from, "nextKey"),
        };
        if (certificate.Expires <= certificate.Issued) throw from.Wrong("expires", "is not after \"issued\"");
        if (certificate.Expires - certificate.Issued > CertificateDocument.LongestLife)
            throw from.Wrong("expires", "is more than ten years after \"issued\": what never ends cannot be corrected");
        if (certificate.Endpoints.IsEmpty && certificate.Sources.All(s => s.StartsWith("members:", StringComparison.Ordinal)))
            throw from.Wrong("endpoints", "names no member, and no source could tell one: write \"endpoints\": [\"host:port\"]");
        return certificate;
    }

    public static string Name(Fields from)
    {
        var text = from.Required("name", ServiceName.MostServiceCharacters);
        try
        {
            // One spelling only: a directory must not hold two certificates that mean one service.
            if (ServiceName.OfService(text).Value is var plain && plain != text) throw from.Wrong("name", $"is '{text}': write it as '{plain}'");
            return text;
        }
        catch (FormatException error) when (error is not CertificateException)
        {
            throw from.Wrong("name", $"is no service's name: {error.Message.TrimEnd('.')}", error);
        }
    }

    static TimeSpan Stale(Fields from) => from.Find("stale") switch
    {
        null => TimeSpan.Zero,
        { ValueKind: JsonValueKind.String } rule when rule.ValueEquals("refuse") => TimeSpan.Zero,
        { ValueKind: JsonValueKind.Object } => from.Object("stale")!.Value is var rule && rule.Duration("use", CertificateDocument.LongestStale) is { } span
            ? span : throw rule.Wrong("use", "is missing"),
        _ => throw from.Wrong("stale", "is neither \"refuse\" nor {\"use\": \"P7D\"}"),
    };

    static ImmutableArray<Endpoint> Endpoints(Fields from)
    {
        var all = ImmutableArray.CreateBuilder<Endpoint>();
        foreach (var item in from.Items("endpoints", CertificateDocument.MostEndpoints))
        {
            try
            {
                all.Add(MembersDocument.Member(item));
            }
            catch (FormatException error)
            {
                throw from.Wrong($"endpoints[{all.Count}]", $"is no endpoint: {error.Message.TrimEnd('.')}", error);
            }
        }
        return all.ToImmutable();
    }

    static ImmutableArray<string> Sources(Fields from)
    {
        var all = from.Texts("sources", CertificateDocument.MostSources, 2048);
        for (var i = 0; i < all.Length; i++)
        {
            try
            {
                var name = ServiceName.Parse(all[i]);
                if (name.Path.Length > 0) throw from.Wrong($"sources[{i}]", $"has '{name.Path}' after the name of the source");
                if (name.Form == "service" || name.Form is "http" or "https" && !name.Value.EndsWith(".json", StringComparison.Ordinal))
                    throw from.Wrong($"sources[{i}]", $"is '{all[i]}', a certificate: a source tells members, as srv:… or https://host/members.json do");
                if (name.Form == "file")
                    throw from.Wrong($"sources[{i}]", $"is '{all[i]}': a certificate comes from elsewhere, and names no file of the machine that reads it");
            }
            catch (FormatException error) when (error is not CertificateException)
            {
                throw from.Wrong($"sources[{i}]", $"is no name: {error.Message.TrimEnd('.')}", error);
            }
        }
        return all;
    }

    static CertifiedPolicy Policy(Fields from) => new()
    {
        Name = from.Text("name", 64),
        Affinity = from.Flag("affinity"),
        Hedge = from.Flag("hedge"),
        Timeout = from.Duration("timeout", TimeSpan.FromDays(1)),
        AttemptTimeout = from.Duration("attemptTimeout", TimeSpan.FromDays(1)),
    };

    static CertifiedLimits Limits(Fields from) => new()
    {
        Members = (int)(from.Whole("members", 1, MemberSet.Most) ?? CertifiedLimits.DefaultMembers),
        Attempts = (int?)from.Whole("attempts", 1, 1000),
        RetryShare = from.Number("retryShare", 0, 10),
        HedgeShare = from.Number("hedgeShare", 0, 1),
    };

    static ClientInterface Interface(Fields from)
    {
        var (scheme, page) = (from.Text("scheme", 32), from.Text("page", 2048));
        if (scheme is not null && !Uri.CheckSchemeName(scheme)) throw from.Wrong("scheme", $"is '{scheme}', not a scheme such as http or telnet");
        Uri? address = null;
        if (page is not null && (!Uri.TryCreate(page, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0))
            throw from.Wrong("page", $"is '{page}', not the address of a web page");
        return new ClientInterface { Scheme = scheme, Command = from.Text("command", 1000), Page = address };
    }

    static string? Thumbprint(Fields from, string name) =>
        from.Text(name, KeyCharacters) is not { } key ? null
            : key.Length == KeyCharacters && Base64.TryRead(key) is not null ? key
                : throw from.Wrong(name, $"is '{key}', not a key's thumbprint: {KeyCharacters} letters, digits, - and _");
}
