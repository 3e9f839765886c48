using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>What a set of members must keep to, whoever names it. One that does not is refused whole: what is left of it would be the
/// choice of whoever put the rest in.</summary>
internal static class MemberRules
{
    /// <summary>Why a set is refused; <see langword="null"/> when it is not.</summary>
    public static string? Refuses(MemberSet set, CertifiedLimits limits, AddressRules addresses)
    {
        if (set.Endpoints.IsDefaultOrEmpty) return $"{set.Source} names no member";
        if (set.Endpoints.Length > limits.Members) return $"{set.Source} names {set.Endpoints.Length:N0} members, and the certificate allows {limits.Members:N0}";
        foreach (var endpoint in set.Endpoints)
            if (addresses.Refuses(endpoint) is { } why) return $"{set.Source} names the member {endpoint.Address}, and {why}: allow it in the rules of addresses if it is right";
        return null;
    }
}
