using System.Globalization;
using System.Text.Json;

namespace SmartClients.Simulation.Describing;

/// <summary>One object of a scenario's document: each field is read with its range, and one that nobody read is a mistake.</summary>
internal sealed class Fields
{
    readonly JsonElement element;
    readonly string path;
    readonly HashSet<string> known = [];

    public Fields(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException($"{(path.Length > 0 ? path : "The document")} is not an object.");
        (this.element, this.path) = (element, path);
    }

    public double Number(string name, double fallback, double least, double most) => Number(name, least, most) ?? fallback;

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
            : throw Wrong(name, value, FormattableString.Invariant($"a number from {least} to {most}"));
    }

    public long Whole(string name, long fallback, long least, long most)
    {
        if (Find(name) is not { } value) return fallback;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most ? number
            : throw Wrong(name, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    public bool Flag(string name, bool fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, value, "true or false");

    public string? Text(string name, int longest = 200)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl) ? text
            : throw Wrong(name, value, $"a text of at most {longest} characters, none of them a control character");
    }

    /// <summary>A text that files may be named after.</summary>
    public string? FileName(string name, int longest)
    {
        var text = Text(name, longest);
        if (text is null || char.IsLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '_' or '-')) return text;
        throw Wrong(name, Find(name)!.Value, "of letters, digits, spaces, dots, underscores and hyphens, the first a letter or a digit, since files are named after it");
    }

    /// <summary>One of an enumeration's values, written in lower case with hyphens.</summary>
    public T Choice<T>(string name, T? fallback) where T : struct, Enum
    {
        if (Find(name) is not { } value) return fallback ?? throw Missing(name);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var choice in Enum.GetValues<T>())
            if (Hyphenated(choice) == text) return choice;
        throw Wrong(name, value, "one of " + string.Join(", ", Enum.GetValues<T>().Select(Hyphenated)));
    }

    public Fields? Object(string name) => Find(name) is { } value ? new Fields(value, Path(name)) : null;

    public IReadOnlyList<T> List<T>(string name, int most, Func<Fields, T> read) =>
        [.. Items(name, most).Select((item, i) => read(new Fields(item, $"{Path(name)}[{i}]")))];

    public IReadOnlyList<string> Texts(string name, int most) => [.. Items(name, most).Select(item =>
        item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 and <= 200 } text ? text : throw Wrong(name, item, "a list of texts"))];

    /// <summary>Nothing else may be there.</summary>
    public void NoMore()
    {
        foreach (var property in element.EnumerateObject())
            if (!known.Contains(property.Name))
                throw new FormatException($"{Path(property.Name)} is not known here; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    public FormatException Missing(string name) => new($"{Path(name)} is missing.");

    public FormatException Wrong(string what) => new(path.Length > 0 ? $"{path}: {what}" : what);

    JsonElement[] Items(string name, int most)
    {
        if (Find(name) is not { } value) return [];
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most ? [.. value.EnumerateArray()]
            : throw Wrong(name, value, $"a list of at most {most}");
    }

    JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    FormatException Wrong(string name, JsonElement value, string expected)
    {
        var text = value.GetRawText();
        return new FormatException($"{Path(name)} is {(text.Length > 40 ? text[..40] + "…" : text)}: it must be {expected}.");
    }

    string Path(string name) => path.Length > 0 ? $"{path}.{name}" : name;

    static string Hyphenated<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
