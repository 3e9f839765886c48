using System.Text.Json.Serialization;

namespace SmartClients.Chat;

/// <summary>One line of a room. Immutable, and never changed once it is in the room.</summary>
/// <param name="Sender">Who wrote it: the hash of a secret that only the writer has (<see cref="SenderKey"/>).</param>
/// <param name="Sequence">The sender's how-manieth message in this room, from 1.</param>
/// <param name="Id">Made by the writer; the same message written twice has the same one.</param>
/// <param name="Name">What the writer calls itself. Anybody may take any name: it is the sender that tells two apart.</param>
/// <param name="Text">The line.</param>
/// <param name="Written">When the first server took it, in milliseconds since 1970, by that server's clock.</param>
public sealed record ChatMessage(string Sender, long Sequence, string Id, string Name, string Text, long Written)
{
    /// <summary><see cref="Written"/> as a time.</summary>
    [JsonIgnore]
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Written, 0, ChatRules.LatestTime));

    /// <summary>Whether another is the same message, whenever it was written.</summary>
    internal bool IsCopyOf(ChatMessage other) => this with { Written = 0 } == other with { Written = 0 };
}
