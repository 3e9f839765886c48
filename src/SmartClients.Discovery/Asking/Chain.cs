using System.Collections.Immutable;
using DnsClient.Protocol;

namespace SmartClients.Discovery.Asking;

/// <summary>The records of one answer that belong to a name, by way of its aliases (CNAME). What else the answer holds is not believed.</summary>
/// <param name="Records">The records of the type that was asked for.</param>
/// <param name="End">The name that the aliases lead to.</param>
/// <param name="Seconds">The shortest time to live on the way; negative and beyond 31 bits as RFC 2181 has it: zero.</param>
internal readonly record struct Chain<T>(ImmutableArray<T> Records, string End, int Seconds) where T : DnsResourceRecord
{
    const int MostAliases = 16;

    /// <exception cref="IOException">The aliases lead in a circle, or too far.</exception>
    public static Chain<T> Of(string name, ImmutableArray<DnsResourceRecord> answer)
    {
        var at = name;
        var seconds = int.MaxValue;
        for (var aliases = 0; aliases <= MostAliases; aliases++)
        {
            ImmutableArray<T> records = [.. answer.OfType<T>().Where(record => IsOf(record, at))];
            if (!records.IsEmpty) return new Chain<T>(records, at, records.Min(record => Shorter(seconds, record)));
            if (answer.OfType<CNameRecord>().FirstOrDefault(record => IsOf(record, at)) is not { } alias) return new Chain<T>([], at, seconds);
            seconds = Shorter(seconds, alias);
            at = Plain(alias.CanonicalName.Value);
        }
        throw new IOException($"DNS: the aliases of {name} lead in a circle, or through more than {MostAliases} names.");
    }

    static int Shorter(int seconds, DnsResourceRecord record) => Math.Min(seconds, Math.Max(0, record.InitialTimeToLive));

    static bool IsOf(DnsResourceRecord record, string name) => Plain(record.DomainName.Value).Equals(name, StringComparison.OrdinalIgnoreCase);

    static string Plain(string name) => name.TrimEnd('.');
}
