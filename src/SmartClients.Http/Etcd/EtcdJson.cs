using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmartClients.Http.Etcd;

/// <summary>The gateway's JSON: protobuf's, with bytes in base64 and 64-bit integers in quotes; what is zero is left out.</summary>
internal static class EtcdJson
{
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteBytes(this Utf8JsonWriter writer, string name, string value) => writer.WriteBase64String(name, Encoding.UTF8.GetBytes(value));

    public static void WriteLong(this Utf8JsonWriter writer, string name, long value) =>
        writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    public static long Long(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value)) return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        return value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            ? number : throw new FormatException($"etcd's \"{name}\" is not a number");
    }

    public static byte[] Bytes(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return [];
        return value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? bytes : throw new FormatException($"etcd's \"{name}\" is not in base64");
    }

    public static string Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static bool Is(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The store's revision that an answer was made at.</summary>
    public static long Revision(JsonElement answer) => answer.TryGetProperty("header", out var header) ? Long(header, "revision") : 0;
}
