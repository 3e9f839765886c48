using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>What a peer has.</summary>
/// <param name="Store">Its store; another one where it has lost that and begun anew.</param>
/// <param name="Last">The point to ask on from.</param>
/// <param name="Rooms">The rooms that have changed since the point asked from, some of them.</param>
/// <param name="Seen">The version of <paramref name="People"/>.</param>
/// <param name="People">Who is in which room there; left out where the asker has seen that version.</param>
internal sealed record ChangesAnswer(string Store, long Last, IReadOnlyList<RoomHead> Rooms, long Seen, IReadOnlyDictionary<string, People>? People);

/// <summary>How far a peer is with a room.</summary>
internal sealed record RoomHead(string Room, VersionVector Have)
{
    /// <summary>At least as many bytes as it takes in JSON.</summary>
    public long Bytes => 100 + Have.Count * 45L;
}

/// <summary>What the asker has of a room.</summary>
internal sealed record MissingQuestion(VersionVector Have);

/// <summary>What it lacks, in the order of whoever answers; not all of it, where that is much.</summary>
internal sealed record MissingAnswer(IReadOnlyList<ChatMessage> Messages);

/// <summary>The JSON between servers. Fields only ever get added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChangesAnswer))]
[JsonSerializable(typeof(MissingQuestion))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, People>))]
[JsonSerializable(typeof(MissingAnswer))]
internal sealed partial class GossipJson : JsonSerializerContext
{
    /// <summary>Short: it is never part of a page.</summary>
    public static GossipJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    });
}
