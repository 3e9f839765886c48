using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClients.Chat.Wire;

/// <summary>A version vector as an object: <c>{"sender": 3}</c>.</summary>
internal sealed class VersionVectorJson : JsonConverter<VersionVector>
{
    public override VersionVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A version vector is an object.");
        var vector = new VersionVector();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var sender = reader.GetString();
            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var to) || to is < 1 or > ChatRules.MostSequence || !ChatRules.IsSender(sender))
                throw new JsonException("A version vector names senders, each with the number of a message.");
            if (vector.Count >= VersionVector.MostSenders) throw new JsonException($"A version vector names at most {VersionVector.MostSenders} senders.");
            vector.Advance(sender!, to);
        }
        return reader.TokenType == JsonTokenType.EndObject ? vector : throw new JsonException("A version vector has no end.");
    }

    public override void Write(Utf8JsonWriter writer, VersionVector value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (sender, to) in value.Senders) writer.WriteNumber(sender, to);
        writer.WriteEndObject();
    }
}
