using System.Collections.Immutable;
using System.Net;

namespace SmartClients.Naming;

/// <summary>Which addresses may be members of a group that was learnt from others. Refused, unless allowed here, is what no replica of a
/// service has, and what an attacker who can name members would name: link-local, the metadata services of clouds, unspecified,
/// multicast and broadcast addresses, in whatever spelling. Immutable; safe for concurrent use.</summary>
public sealed record AddressRules
{
    /// <summary>Refuses all that is listed above.</summary>
    public static AddressRules Default { get; } = new();

    /// <summary>Refuses nothing.</summary>
    public static AddressRules AllowAll { get; } = new() { Allowed = [new IPNetwork(IPAddress.Any, 0), new IPNetwork(IPAddress.IPv6Any, 0)], AllowedNames = ["*"] };

    /// <summary>Networks whose addresses are allowed all the same. The default is none.</summary>
    /// <remarks>An IPv4 address in IPv6 clothes is looked up as the IPv4 address that it is.</remarks>
    public ImmutableArray<IPNetwork> Allowed { get; init; } = [];

    /// <summary>Host names that are allowed all the same, in lower case; <c>*</c> is any. The default is none.</summary>
    public ImmutableArray<string> AllowedNames { get; init; } = [];

    /// <summary>Why a host is refused: "169.254.169.254 is link-local"; <see langword="null"/> when it is not.</summary>
    /// <param name="host">A host name, or an address in any spelling that the platform takes for one: decimal, octal, hexadecimal, short,
    /// with brackets or a dot at the end.</param>
    public string? Refuses(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var bare = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (bare is ['[', .. var inner, ']']) bare = inner;
        if (IPAddress.TryParse(bare, out var address)) return Refuses(address) is { } why ? Quoted(host, address) + why[why.IndexOf(' ', StringComparison.Ordinal)..] : null;
        if (AllowedNames.Contains("*") || AllowedNames.Contains(bare)) return null;
        if (bare.AsSpan().ContainsAnyExceptInRange('!', '~')) return $"'{host}' is not in ASCII: write the name in its xn-- form";
        return AddressKinds.IsMetadataName(bare) ? $"'{host}' is a cloud's metadata service" : null;
    }

    /// <summary>Why an address is refused: "169.254.169.254 is link-local"; <see langword="null"/> when it is not.</summary>
    public string? Refuses(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // The embedded one first: it is what packets reach.
        var plain = AddressKinds.Plain(address);
        if (AddressKinds.Of(plain) is not { } kind) return null;
        foreach (var network in Allowed)
            if (network.Contains(plain)) return null;
        return $"{address} is {kind}";
    }

    /// <summary>Why an endpoint is refused, by its host.</summary>
    public string? Refuses(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Refuses(endpoint.Host);
    }

    /// <summary>The members of a set that are not refused.</summary>
    /// <param name="set">The set.</param>
    /// <param name="refused">Why one was refused; <see langword="null"/> where none was.</param>
    public MemberSet Sift(MemberSet set, out string? refused)
    {
        ArgumentNullException.ThrowIfNull(set);
        string? first = null;
        var allowed = set.Endpoints.RemoveAll(endpoint => Refuses(endpoint) is { } why && (first ??= why) is not null);
        refused = first;
        return refused is null ? set : set with { Endpoints = allowed };
    }

    static string Quoted(string host, IPAddress address) => address.ToString() is var plain && plain == host ? host : $"'{host}' ({plain})";
}
