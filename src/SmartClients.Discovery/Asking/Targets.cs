using System.Collections.Immutable;
using System.Net;
using DnsClient.Protocol;
using SmartClients.Naming;

namespace SmartClients.Discovery.Asking;

/// <summary>The members that the targets of a service (RFC 2782) come to: pure rules.</summary>
internal static class Targets
{
    /// <summary>Of records with weights, one with weight 0 "should have a very small chance of being selected".</summary>
    const double LeastWeight = 0.01;

    /// <summary>The target's name, in the form that endpoints have it; empty for the root, which means that there is no such service.</summary>
    public static string Name(SrvRecord record) => record.Target.Value.TrimEnd('.').ToLowerInvariant();

    /// <summary>The members: each address of a target is one, has a share of the target's weight, and is called by the target's name.</summary>
    /// <param name="records">The service's records.</param>
    /// <param name="addresses">The addresses of each target by its name; a target that is not in it is left out.</param>
    public static ImmutableArray<Endpoint> Members(ImmutableArray<SrvRecord> records, IReadOnlyDictionary<string, ImmutableArray<IPAddress>> addresses)
    {
        var weighted = records.Where(record => record.Weight > 0).Select(record => record.Priority).ToHashSet();
        var members = new Dictionary<string, Endpoint>();
        foreach (var record in records.OrderBy(r => r.Priority).ThenBy(Name, StringComparer.Ordinal).ThenBy(r => r.Port).ThenByDescending(r => r.Weight))
        {
            if (record.Port == 0 || !addresses.TryGetValue(Name(record), out var found)) continue;
            var weight = record.Weight > 0 ? record.Weight : weighted.Contains(record.Priority) ? LeastWeight : 1;
            foreach (var address in found)
            {
                var member = new Endpoint(address.ToString(), record.Port)
                {
                    Priority = record.Priority,
                    Weight = weight / found.Length,
                    Authority = Authorities.Of(Name(record), record.Port),
                };
                // Named twice, the first counts: the more preferred one.
                members.TryAdd(member.Address, member);
            }
        }
        return [.. members.Values];
    }
}
