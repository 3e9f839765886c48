using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmartClients.Directories.Storage;

namespace SmartClients.Directories.Serving;

/// <summary>What a search found.</summary>
internal sealed record SearchAnswer(IReadOnlyList<Listing> Results);

/// <summary>What changed, for peers. <see cref="Store"/> is another one where the directory has lost its store and begun anew;
/// <see cref="Last"/> is the end of the sequence.</summary>
internal sealed record ChangesAnswer(string Store, long Last, IReadOnlyList<Change> Changes);

/// <summary>What peers hold against the rules.</summary>
internal sealed record ConflictsAnswer(IReadOnlyList<Conflict> Conflicts);

/// <summary>What became of a publication: <c>created</c>, <c>replaced</c> or <c>same</c>.</summary>
internal sealed record PublicationAnswer(string Name, long Serial, string Key, string Outcome);

/// <summary>A directory in health.</summary>
internal sealed record HealthAnswer(string Status, long Services);

/// <summary>Where a page that a directory serves asks for certificates.</summary>
internal sealed record PageAnswer(string Directories);

/// <summary>RFC 9457, and which rule of certificates was broken where it was one.</summary>
internal sealed record ProblemAnswer(string Title, int Status, string Detail, string? Fault);

/// <summary>The JSON of the answers. Fields only ever get added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(ChangesAnswer))]
[JsonSerializable(typeof(ConflictsAnswer))]
[JsonSerializable(typeof(PublicationAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(PageAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>Readable in a terminal: it is never part of a page, and says so (nosniff).</summary>
    public static AnswerJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
