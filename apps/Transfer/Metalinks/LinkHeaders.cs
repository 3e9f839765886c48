using System.Collections.Immutable;
using System.Globalization;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Metalinks;

/// <summary>What the header fields of a reply say of other places where a file is to be had (RFC 6249) and of its hash (RFC 3230, RFC 9530).
/// What cannot be read is passed over, as header fields are.</summary>
public static class LinkHeaders
{
    const int Most = 1_000;
    const int MostCharacters = 256 << 10;

    /// <summary>The duplicates: <c>Link: &lt;URL&gt;; rel=duplicate; pri=1</c>.</summary>
    public static ImmutableArray<MetalinkAddress> Duplicates(FileFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return [.. Links(facts).Where(link => Has(link, "duplicate")).Take(Most).Select(link => new MetalinkAddress(link.Url, Priority(link)))];
    }

    /// <summary>The Metalink document that describes the file; <see langword="null"/> when none does.</summary>
    public static string? Description(FileFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var link in Links(facts))
            if (Has(link, "describedby") && link.Parameters.GetValueOrDefault("type") is "application/metalink4+xml") return link.Url;
        return null;
    }

    /// <summary>The SHA-256 of the file; <see langword="null"/> when it is not said.</summary>
    public static Hash? Digest(FileFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var field in facts.Digests)
            foreach (var part in field.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!part.StartsWith("sha-256=", StringComparison.OrdinalIgnoreCase)) continue;
                // RFC 9530 writes colons around what RFC 3230 writes without.
                var text = part["sha-256=".Length..].Split(';', 2)[0].Trim().Trim(':');
                var bytes = new byte[33];
                if (text.Length <= 44 && Convert.TryFromBase64String(text, bytes, out var length) && length == 32) return new Hash(System.Security.Cryptography.HashAlgorithmName.SHA256, bytes.AsSpan(0, 32));
            }
        return null;
    }

    static bool Has(Link link, string relation) =>
        link.Parameters.GetValueOrDefault("rel", "").Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase);

    static int Priority(Link link) =>
        int.TryParse(link.Parameters.GetValueOrDefault("pri"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 999_999 ? number : 999_999;

    static IEnumerable<Link> Links(FileFacts facts) => facts.Links.Where(field => field.Length <= MostCharacters).SelectMany(Link.Read);
}
