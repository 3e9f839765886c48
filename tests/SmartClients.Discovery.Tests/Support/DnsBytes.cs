using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace SmartClients.Discovery.Tests.Support;

/// <summary>DNS messages, byte by byte (RFC 1035, section 4).</summary>
internal static class DnsBytes
{
    public const int A = 1, Alias = 5, Text = 16, V6 = 28, Service = 33;

    public sealed record Record(string Name, int Type, uint Ttl, byte[] Data);

    public static Record Address(string name, string address, uint ttl = 60) =>
        IPAddress.Parse(address) is var ip && ip.GetAddressBytes() is { Length: 4 } four ? new(name, A, ttl, four) : new(name, V6, ttl, ip.GetAddressBytes());

    public static Record AliasOf(string name, string target, uint ttl = 60) => new(name, Alias, ttl, Name(target));

    public static Record ServiceAt(string name, int priority, int weight, int port, string target, uint ttl = 60) =>
        new(name, Service, ttl, [.. Two(priority), .. Two(weight), .. Two(port), .. Name(target)]);

    public static Record TextOf(string name, string text, uint ttl = 60) => new(name, Text, ttl, [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>What a query asks for.</summary>
    public static (string Name, int Type) Question(ReadOnlySpan<byte> query)
    {
        var labels = new List<string>();
        var at = 12;
        for (; query[at] != 0; at += query[at] + 1) labels.Add(Encoding.ASCII.GetString(query.Slice(at + 1, query[at])));
        return (string.Join('.', labels), BinaryPrimitives.ReadUInt16BigEndian(query[(at + 1)..]));
    }

    /// <summary>An answer to a query.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> query, IReadOnlyCollection<Record> answers, IReadOnlyCollection<Record>? additional = null, int code = 0, bool truncated = false)
    {
        var (name, type) = Question(query);
        additional ??= [];
        return
        [
            query[0], query[1], (byte)(0x84 | (truncated ? 2 : 0)), (byte)(0x80 | code), 0, 1, .. Two(answers.Count), 0, 0, .. Two(additional.Count),
            .. Name(name), .. Two(type), .. Two(1), .. answers.Concat(additional).SelectMany(Bytes),
        ];
    }

    static byte[] Bytes(Record record) =>
        [.. Name(record.Name), .. Two(record.Type), .. Two(1), .. Two((int)(record.Ttl >> 16)), .. Two((int)(record.Ttl & 0xffff)), .. Two(record.Data.Length), .. record.Data];

    static byte[] Name(string name) => [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0];

    static byte[] Two(int value) => [(byte)(value >> 8), (byte)value];
}
