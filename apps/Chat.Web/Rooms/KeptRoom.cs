using System.Text.Json;
using SmartClients.Chat.Web.Browser;

namespace SmartClients.Chat.Web.Rooms;

/// <summary>What a page that is opened again shows, and goes on from, before any server has answered. Kept as one piece: what counts as
/// seen is among the messages, or older.</summary>
/// <param name="State">Who one is, what is on its way, and what was seen.</param>
/// <param name="Messages">The last ones.</param>
internal sealed record KeptRoom(ChatState State, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>What is kept of a room; <see langword="null"/> where nothing is, or nothing that can be read.</summary>
    public static KeptRoom? Read(string key)
    {
        try
        {
            var kept = LocalStorage.Read(key) is { } text ? JsonSerializer.Deserialize(text, PageJson.Default.KeptRoom) : null;
            return kept is { State.Secret: not null, Messages: not null } ? kept : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it.</summary>
    public bool Write(string key) => LocalStorage.Write(key, JsonSerializer.Serialize(this, PageJson.Default.KeptRoom));
}
