using System.Text.Json.Serialization;
using SmartClients.Chat.Web.Rooms;

namespace SmartClients.Chat.Web.Browser;

/// <summary>The JSON between the page and the program, and in the browser's storage.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(KeptRoom))]
internal sealed partial class PageJson : JsonSerializerContext;
