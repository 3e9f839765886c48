using System.Collections.Immutable;
using DnsClient.Protocol;

namespace SmartClients.Discovery.Asking;

/// <summary>What a DNS server answered.</summary>
/// <param name="Records">The answer section.</param>
/// <param name="Additional">Records that the server added unasked.</param>
internal sealed record DnsAnswer(ImmutableArray<DnsResourceRecord> Records, ImmutableArray<DnsResourceRecord> Additional)
{
    public static readonly DnsAnswer Nothing = new([], []);
}
