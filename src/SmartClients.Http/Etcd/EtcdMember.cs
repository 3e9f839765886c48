using System.Buffers;
using System.Text.Json;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>The value under a member's key: a member as in <see cref="MembersDocument"/>, or nothing where the key says it all.</summary>
internal static class EtcdMember
{
    const int MostBytes = 64 << 10;

    /// <summary>Reads a member.</summary>
    /// <exception cref="FormatException">It is none, or it is another than the key says.</exception>
    public static Endpoint Read(string address, byte[] value)
    {
        if (value.AsSpan().Trim(" \t\r\n"u8).IsEmpty) return Endpoint.Parse(address);
        if (value.Length > MostBytes) throw new FormatException($"The member {address} in etcd is larger than 64 KiB.");
        var members = MembersDocument.Parse((byte[])[.. "{\"members\":["u8, .. value, .. "]}"u8], "etcd " + address).Endpoints;
        return members is [var member] && member == Endpoint.Parse(address) ? member
            : throw new FormatException($"The key of {address} in etcd holds {string.Join(", ", members)}: a key holds the member that it is named for.");
    }

    public static byte[] Write(Endpoint member)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("address", member.Address);
        if (member.Zone is { } zone) writer.WriteString("zone", zone);
        if (member.Weight != 1) writer.WriteNumber("weight", member.Weight);
        if (member.Priority != 0) writer.WriteNumber("priority", member.Priority);
        if (member.Authority is { } authority) writer.WriteString("authority", authority);
        if (member.Metadata.Count > 0)
        {
            writer.WriteStartObject("metadata");
            foreach (var (name, text) in member.Metadata.OrderBy(item => item.Key, StringComparer.Ordinal)) writer.WriteString(name, text);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
