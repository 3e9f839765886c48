using SmartClients.Naming;

namespace SmartClients.Chat;

/// <summary>A director as chat wants it.</summary>
public static class ChatService
{
    /// <summary>What chat changes of a director's defaults: it stays with a server while that is satisfactory, since the server that took
    /// a writer's last message takes the next without being given the last again, and the server that a reader reads from shows its own
    /// messages at once. What a person does not notice is satisfactory. And a line that is not answered goes to another server soon, also while
    /// few answers are known: it is written once however often it is sent, and the other server would get it from the first in any case.</summary>
    public static DirectorOptions Options { get; } = new()
    {
        Affinity = true,
        SatisfactoryLatency = TimeSpan.FromMilliseconds(100),
        HedgeAtFirst = TimeSpan.FromMilliseconds(25),
    };

    /// <summary>The service and the room of an address such as <c>service://now-chat/lobby</c> or <c>list:a:80,b:80/lobby</c>.</summary>
    /// <exception cref="FormatException">It names no room, or a wrong one.</exception>
    public static (string Service, string Room) Address(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.LastIndexOf('/');
        if (slash <= 0 || slash == text.Length - 1 || text[slash - 1] is '/' or ':') throw new FormatException($"'{text}' names no room: write SERVICE/ROOM, such as service://now-chat/lobby");
        var room = text[(slash + 1)..];
        return ChatRules.ProblemOfRoom(room) is { } problem ? throw new FormatException($"'{room}' in '{text}': {problem}") : (text[..slash], room);
    }
}
