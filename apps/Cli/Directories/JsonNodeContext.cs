using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SmartClients.Cli.Directories;

/// <summary>Writes JSON that was read and changed.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;
