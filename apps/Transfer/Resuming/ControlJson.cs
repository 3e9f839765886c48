using System.Text.Json.Serialization;

namespace SmartClients.Transfer.Resuming;

/// <summary>The form of the document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ControlDocument))]
internal sealed partial class ControlJson : JsonSerializerContext;
