using Xunit;

namespace SmartClients.Chat.Server.Tests.Support;

/// <summary>Reads a room on a test's behalf.</summary>
internal static class Reading
{
    /// <summary>The next so many messages.</summary>
    public static async Task<IReadOnlyList<ChatMessage>> MessagesAsync(this ChatRoom room, int count)
    {
        List<ChatMessage> messages = [];
        await foreach (var happened in room.EventsAsync(TestContext.Current.CancellationToken))
            if (happened is MessageArrived { Message: var message })
            {
                messages.Add(message);
                if (messages.Count == count) return messages;
            }
        throw new InvalidOperationException("The room ended.");
    }

    /// <summary>The next event of a kind.</summary>
    public static async Task<T> NextAsync<T>(this ChatRoom room, Func<T, bool>? where = null) where T : RoomEvent
    {
        await foreach (var happened in room.EventsAsync(TestContext.Current.CancellationToken))
            if (happened is T wanted && (where is null || where(wanted))) return wanted;
        throw new InvalidOperationException("The room ended.");
    }
}
