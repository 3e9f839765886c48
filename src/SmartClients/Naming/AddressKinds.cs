using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace SmartClients.Naming;

/// <summary>What an address is for, as far as <see cref="AddressRules"/> care (RFC 6890, and the clouds' documents).</summary>
internal static class AddressKinds
{
    const string Metadata = "a cloud's metadata service";

    static readonly (IPNetwork Network, string Kind)[] Kinds =
    [
        (IPNetwork.Parse("169.254.169.254/32"), Metadata), // AWS, Azure, Google and most others
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("100.100.100.200/32"), Metadata), // Alibaba
        (IPNetwork.Parse("168.63.129.16/32"), Metadata), // Azure's wire server
        (IPNetwork.Parse("192.0.0.192/32"), Metadata), // Oracle
        (IPNetwork.Parse("0.0.0.0/8"), "unspecified"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved or broadcast"),
        (IPNetwork.Parse("fd00:ec2::254/128"), Metadata), // AWS
        (IPNetwork.Parse("fd20:ce::254/128"), Metadata), // Google
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("::/128"), "unspecified"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    static readonly FrozenSet<string> MetadataNames =
        new[] { "metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal", "metadata.azure.internal" }.ToFrozenSet();

    /// <summary>The kind, where it is one to be careful with.</summary>
    public static string? Of(IPAddress address)
    {
        foreach (var (network, kind) in Kinds)
            if (network.Contains(address)) return kind;
        return null;
    }

    public static bool IsMetadataName(string name) => MetadataNames.Contains(name);

    /// <summary>The address without what hides it: a zone, or an IPv4 address in IPv6 clothes (mapped and compatible, RFC 4291; translated,
    /// RFC 6052; 6to4, RFC 3056).</summary>
    public static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.IsIPv4MappedToIPv6 || bytes.StartsWith(Translated)) return new IPAddress(bytes[12..]);
        if (bytes is [0x20, 0x02, ..]) return new IPAddress(bytes[2..6]);
        // Not :: and ::1, which are addresses of their own.
        if (!bytes[..12].ContainsAnyExcept((byte)0) && bytes[12..].IndexOfAnyExcept((byte)0) is >= 0 and < 3) return new IPAddress(bytes[12..]);
        return new IPAddress(bytes);
    }

    static ReadOnlySpan<byte> Translated => [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
}
