using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace SmartClients.Naming;

/// <summary>
/// The JSON form of a member set: <c>{"members":[{"address":"host:port","zone":"a","weight":2,"priority":0,"authority":"name","metadata":{}}]}</c>.
/// A member may be a plain string. Unknown fields are ignored.
/// </summary>
public static class MembersDocument
{
    /// <summary>The largest document that is read: 16 MiB.</summary>
    public const int MostBytes = 16 << 20;

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <exception cref="FormatException">It is no such document; the message says where and why.</exception>
    public static MemberSet Parse(ReadOnlyMemory<byte> json, string source)
    {
        if (json.Length > MostBytes) throw new FormatException($"{source} is larger than 16 MiB.");
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement, source);
        }
        catch (JsonException error)
        {
            throw new FormatException($"{source} is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{source} is not JSON: a name in it holds half of a surrogate pair.", error);
        }
    }

    /// <summary>Reads one that stands within another document.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>.</exception>
    /// <exception cref="InvalidOperationException">A name in it holds half of a surrogate pair.</exception>
    internal static MemberSet Read(JsonElement from, string source)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty("members", out var members) || members.ValueKind != JsonValueKind.Array)
            throw new FormatException($"{source} has no \"members\" array.");
        var count = members.GetArrayLength();
        if (count == 0) throw new FormatException($"{source} names no member.");
        if (count > MemberSet.Most) throw new FormatException($"{source} names {count:N0} members; the most is {MemberSet.Most:N0}.");
        var all = ImmutableArray.CreateBuilder<Endpoint>(count);
        foreach (var member in members.EnumerateArray()) all.Add(One(member, all.Count, source));
        return new MemberSet(all.MoveToImmutable(), source);
    }

    /// <summary>Writes a document that <see cref="Parse"/> reads back: what has its default is left out.</summary>
    public static byte[] Write(IEnumerable<Endpoint> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMembers(json, members);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    internal static void WriteMembers(Utf8JsonWriter json, IEnumerable<Endpoint> members)
    {
        json.WriteStartArray("members");
        foreach (var member in members) WriteMember(json, member);
        json.WriteEndArray();
    }

    internal static void WriteMember(Utf8JsonWriter json, Endpoint member)
    {
        if (member is { Zone: null, Authority: null, Weight: 1, Priority: 0, Metadata.Count: 0 })
        {
            json.WriteStringValue(member.Address);
            return;
        }
        json.WriteStartObject();
        json.WriteString("address", member.Address);
        if (member.Zone is not null) json.WriteString("zone", member.Zone);
        if (member.Weight != 1) json.WriteNumber("weight", member.Weight);
        if (member.Priority != 0) json.WriteNumber("priority", member.Priority);
        if (member.Authority is not null) json.WriteString("authority", member.Authority);
        if (member.Metadata.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach (var (name, value) in member.Metadata.OrderBy(item => item.Key, StringComparer.Ordinal)) json.WriteString(name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static Endpoint One(JsonElement member, int index, string source)
    {
        try
        {
            return Member(member);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{source}, member {index + 1}: {error.Message}", error);
        }
    }

    /// <summary>One member: an address, or an object with one.</summary>
    /// <exception cref="FormatException">It is neither; the message does not say where it stands.</exception>
    internal static Endpoint Member(JsonElement member)
    {
        try
        {
            if (member.ValueKind == JsonValueKind.String) return Endpoint.Parse(member.GetString()!);
            if (member.ValueKind != JsonValueKind.Object) throw new FormatException("a member is an address or an object");
            var endpoint = Endpoint.Parse(Text(member, "address") ?? throw new FormatException("it has no \"address\""));
            return endpoint with
            {
                Zone = Text(member, "zone"),
                Authority = Text(member, "authority"),
                Weight = member.TryGetProperty("weight", out var weight) ? Number(weight) : 1,
                Priority = member.TryGetProperty("priority", out var priority) ? Whole(priority) : 0,
                Metadata = member.TryGetProperty("metadata", out var metadata) ? Strings(metadata) : FrozenDictionary<string, string>.Empty,
            };
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new FormatException(error.Message, error);
        }
    }

    static string? Text(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"\"{name}\" is not a string");
    }

    static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number : throw new FormatException("\"weight\" is not a number");

    static int Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw new FormatException("\"priority\" is not a whole number");

    static FrozenDictionary<string, string> Strings(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new FormatException("\"metadata\" is not an object");
        return value.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String)
            .GroupBy(p => p.Name).ToFrozenDictionary(g => g.Key, g => g.Last().Value.GetString()!);
    }
}
