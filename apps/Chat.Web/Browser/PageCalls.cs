using System.Runtime.InteropServices.JavaScript;
using System.Text.Json;
using SmartClients.Chat.Web.Rooms;

namespace SmartClients.Chat.Web.Browser;

/// <summary>What the page asks for. One room at a time.</summary>
internal static partial class PageCalls
{
    static Session? session;

    /// <summary>Enters a room.</summary>
    /// <param name="request">A <see cref="JoinRequest"/>, as JSON.</param>
    /// <returns>Who one is there.</returns>
    [JSExport]
    internal static async Task<string> JoinAsync(string request)
    {
        await LeaveAsync();
        var asked = JsonSerializer.Deserialize(request, PageJson.Default.JoinRequest) ?? throw new FormatException("There is no request.");
        session = await Session.OpenAsync(asked, TimeProvider.System);
        return session.Sender;
    }

    /// <summary>Writes a line.</summary>
    /// <returns>The message's identity.</returns>
    [JSExport]
    internal static string Send(string text) => (session ?? throw new InvalidOperationException("Join a room first.")).Send(text);

    /// <summary>Keeps what another visit would go on with.</summary>
    [JSExport]
    internal static void Save() => session?.Save();

    /// <summary>What is wrong with a name or a room; empty where nothing is.</summary>
    [JSExport]
    internal static string Problem(string kind, string text) => (kind == "room" ? ChatRules.ProblemOfRoom(text) : ChatRules.ProblemOfName(text)) ?? "";

    /// <summary>Leaves the room.</summary>
    [JSExport]
    internal static async Task LeaveAsync()
    {
        var leaving = session;
        session = null;
        if (leaving is not null) await leaving.DisposeAsync();
    }
}
