using System.Text.Json.Serialization;

namespace SmartClients.Cli.Chatting;

/// <summary>One line of <c>smart chat --json</c>. Fields only ever get added.</summary>
internal sealed record ChatLine(string Kind)
{
    public string? Id { get; init; }

    public string? Sender { get; init; }

    public long? Sequence { get; init; }

    public string? Name { get; init; }

    public string? Text { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? Server { get; init; }

    public bool? Moved { get; init; }

    public int? Count { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    public string? Reason { get; init; }
}

/// <summary>A line each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatLine))]
internal sealed partial class ChatLineJson : JsonSerializerContext;
