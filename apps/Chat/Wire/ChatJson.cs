using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartClients.Chat.Wire;

/// <summary>The JSON between clients and servers. Fields only ever get added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(ChatState))]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(PostAnswer))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PageSettings))]
internal sealed partial class ChatJson : JsonSerializerContext
{
    /// <summary>Readable in a terminal, and short: it is never part of a page.</summary>
    public static ChatJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    });
}
