using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartClients.Tests.Naming.Certificates;

/// <summary>As much of JSON Schema (draft 2020-12) as ours uses. A word that it does not know is an error and not passed over.</summary>
internal sealed class Schema(JsonElement root)
{
    public bool Accepts(JsonElement value) => Accepts(root, value);

    /// <summary>The fields that it describes, with dots: <c>policy.timeout</c>; those of items after <c>[]</c>.</summary>
    public IEnumerable<string> Fields() => Fields(root, "");

    bool Accepts(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(rule => Obeys(rule.Name, rule.Value, value));

    bool Obeys(string word, JsonElement rule, JsonElement value) => word switch
    {
        "$schema" or "$defs" or "title" or "description" or "default" or "format" => true,
        "$ref" => Accepts(Resolve(rule), value),
        "type" => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(type => IsOf(type.GetString()!, value)) : IsOf(rule.GetString()!, value),
        "const" => JsonElement.DeepEquals(rule, value),
        "anyOf" => rule.EnumerateArray().Any(one => Accepts(one, value)),
        "oneOf" => rule.EnumerateArray().Count(one => Accepts(one, value)) == 1,
        "not" => !Accepts(rule, value),
        "required" => !IsOf("object", value) || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => !IsOf("object", value) || rule.EnumerateObject().All(field => !value.TryGetProperty(field.Name, out var found) || Accepts(field.Value, found)),
        "items" => !IsOf("array", value) || value.EnumerateArray().All(item => Accepts(rule, item)),
        "contains" => !IsOf("array", value) || value.EnumerateArray().Any(item => Accepts(rule, item)),
        "minItems" => !IsOf("array", value) || value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => !IsOf("array", value) || value.GetArrayLength() <= rule.GetInt32(),
        "minLength" => !IsOf("string", value) || value.GetString()!.Length >= rule.GetInt32(),
        "maxLength" => !IsOf("string", value) || value.GetString()!.Length <= rule.GetInt32(),
        "pattern" => !IsOf("string", value) || Regex.IsMatch(value.GetString()!, rule.GetString()!),
        "minimum" => !IsOf("number", value) || value.GetDouble() >= rule.GetDouble(),
        "maximum" => !IsOf("number", value) || value.GetDouble() <= rule.GetDouble(),
        "exclusiveMinimum" => !IsOf("number", value) || value.GetDouble() > rule.GetDouble(),
        _ => throw new NotSupportedException($"The schema uses '{word}'."),
    };

    static bool IsOf(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    IEnumerable<string> Fields(JsonElement schema, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = Resolve(reference);
        if (schema.TryGetProperty("oneOf", out var several))
            foreach (var path in several.EnumerateArray().SelectMany(one => Fields(one, at))) yield return path;
        if (schema.TryGetProperty("items", out var items))
            foreach (var path in Fields(items, at + "[].")) yield return path;
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        foreach (var field in properties.EnumerateObject())
        {
            yield return at + field.Name;
            foreach (var path in Fields(field.Value, at + field.Name + (field.Value.TryGetProperty("items", out _) ? "" : "."))) yield return path;
        }
    }

    JsonElement Resolve(JsonElement reference) => root.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]);
}
