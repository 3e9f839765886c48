using System.Text.Json;
using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation;

/// <summary>Scenarios as JSON documents (docs/schemas/scenario.schema.json).</summary>
public static class ScenarioReader
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where and why.</exception>
    public static Scenario Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Scenario.Read(new Fields(document.RootElement, ""));
        }
        catch (JsonException error)
        {
            throw new FormatException("It is not JSON: " + error.Message, error);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair, escaped: JSON, but no text.
            throw new FormatException("A text in it is no text: " + error.Message, error);
        }
    }

    /// <summary>The names of the scenarios that come with the library.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. typeof(ScenarioReader).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)).Select(n => n[..^5]).Order(StringComparer.Ordinal)];

    /// <summary>One that comes with the library.</summary>
    public static Scenario Find(string name)
    {
        using var stream = typeof(ScenarioReader).Assembly.GetManifestResourceStream(name + ".json")
            ?? throw new ArgumentException($"There is no scenario '{name}'. Scenarios: {string.Join(", ", Shipped)}.", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes);
    }
}
