using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>One JSON object of a document, read strictly. Every refusal names the document and the field, and says what to write.</summary>
internal readonly struct Fields
{
    const int MostOfMessage = 400;

    // Line breaks and escape sequences would forge messages; changes of writing direction make a text read as another.
    static readonly SearchValues<char> Unfit = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Concat([0x2028, 0x2029]).Concat(Enumerable.Range(0x202a, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(i => (char)i)]);

    static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    readonly JsonElement element;
    readonly string source;
    readonly string at;

    /// <param name="element">The object.</param>
    /// <param name="source">The document, for messages.</param>
    /// <param name="at">What leads to this object, with its dot: <c>policy.</c></param>
    public Fields(JsonElement element, string source, string at = "")
    {
        (this.element, this.source, this.at) = (element, source, at);
        if (element.ValueKind != JsonValueKind.Object)
            throw new CertificateException(CertificateFault.Malformed, at.Length > 0 ? $"{source}: \"{at[..^1]}\" is not an object." : $"{source} is not a JSON object.");
    }

    public CertificateException Wrong(string name, string what, Exception? inner = null) =>
        new(CertificateFault.Malformed, $"{source}: \"{at}{name}\" {(what.Length > MostOfMessage ? what[..MostOfMessage] + "…" : what)}.", inner);

    public bool Has(string name) => element.TryGetProperty(name, out _);

    public JsonElement? Find(string name) => element.TryGetProperty(name, out var value) ? value : null;

    public Fields? Object(string name) => Find(name) is { } value ? new Fields(value, source, at + name + ".") : null;

    public string Required(string name, int most) => Text(name, most) ?? throw Wrong(name, "is missing");

    public string? Text(string name, int most) => Find(name) is { } value ? Plain(name, value, most) : null;

    public bool? Flag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "is not true or false");

    public long? Whole(string name, long least, long most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}"));

    public double? Number(string name, double least, double most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is not a number from {least} to {most}"));

    public DateTimeOffset Time(string name)
    {
        var text = Required(name, 40);
        // What has no offset would mean another moment on each machine.
        var hasOffset = text.EndsWith('Z') || text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':';
        return hasOffset && DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : throw Wrong(name, $"is '{text}', not a time of RFC 3339 such as 2026-11-23T08:00:00Z");
    }

    public TimeSpan? Duration(string name, TimeSpan most)
    {
        if (Text(name, 40) is not { } text) return null;
        return Durations.TryRead(text, out var span) && span > TimeSpan.Zero && span <= most ? span
            : throw Wrong(name, $"is '{text}', not a duration of ISO 8601 above zero and up to {Durations.Write(most)}, such as P7D or PT2.5S");
    }

    public ImmutableArray<string> Texts(string name, int mostItems, int most)
    {
        var self = this;
        return [.. Items(name, mostItems).Select((item, i) => self.Plain($"{name}[{i}]", item, most))];
    }

    public IEnumerable<JsonElement> Items(string name, int most)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "is not an array");
        return value.GetArrayLength() <= most ? value.EnumerateArray()
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"has {value.GetArrayLength()} items; the most is {most}"));
    }

    string Plain(string name, JsonElement value, int most)
    {
        if (value.ValueKind != JsonValueKind.String) throw Wrong(name, "is not a string");
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw Wrong(name, "holds half of a surrogate pair", error);
        }
        if (text.Length == 0) throw Wrong(name, "is empty");
        if (text.Length > most) throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is longer than {most} characters"));
        return text.AsSpan().ContainsAny(Unfit) ? throw Wrong(name, "holds a control character") : text;
    }
}
