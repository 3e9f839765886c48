using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SmartClients.Outcomes;

namespace SmartClients.Http.Directories;

/// <summary>Reads what directories answer, of which nothing can be relied on.</summary>
internal static class DirectoryAnswers
{
    const int MostResults = 1000;
    const int MostCharacters = 4096;

    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>What a search found.</summary>
    /// <exception cref="RequestException">It is no such answer.</exception>
    public static ImmutableArray<DirectoryListing> Results(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Shallow);
            return [.. document.RootElement.GetProperty("results").EnumerateArray().Take(MostResults).Select(result => new DirectoryListing(
                Text(result, "name"), Text(result, "title"), Text(result, "description"), result.GetProperty("serial").GetInt64(),
                result.GetProperty("expires").GetDateTimeOffset(), Text(result, "key")))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RequestException("answers with results that cannot be read", error);
        }
    }

    /// <summary>The one line that a directory says: its problem's detail, or what became of a publication.</summary>
    public static string Said(ReadOnlyMemory<byte> json, int status)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Shallow);
            foreach (var field in (string[])["detail", "outcome"])
                if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(field, out var said) && said.ValueKind == JsonValueKind.String
                    && said.GetString() is { Length: > 0 } text) return Cut(text);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Something else than a directory answered, or what it said is no text.
        }
        return string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
    }

    static string Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Cut(value.GetString()!) : "";

    static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
}
