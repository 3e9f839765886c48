using System.Runtime.InteropServices.JavaScript;

namespace SmartClients.Chat.Web.Browser;

/// <summary>What the page is told: the functions of <c>room.js</c>. Text is handed over as text, and never becomes part of a document's
/// markup.</summary>
internal static partial class Page
{
    /// <summary>The module that holds them.</summary>
    public const string Module = "page";

    /// <summary>A message of the room; <paramref name="state"/> is that of one's own, and empty for others'.</summary>
    [JSImport("message", Module)]
    public static partial void Message(string id, string sender, string name, string text, double written, string state);

    /// <summary>How far a message of one's own got.</summary>
    [JSImport("state", Module)]
    public static partial void State(string id, string text, string state, string problem);

    /// <summary>A server serves the room now; after how long, where there was none meanwhile.</summary>
    [JSImport("served", Module)]
    public static partial void Served(string server, bool moved, double afterMilliseconds);

    /// <summary>Nobody serves it at this moment.</summary>
    [JSImport("interrupted", Module)]
    public static partial void Interrupted(string reason);

    /// <summary>Nobody lets one in: without a token, say, or with another's.</summary>
    [JSImport("refused", Module)]
    public static partial void Refused(string reason);

    /// <summary>Nobody will.</summary>
    [JSImport("ended", Module)]
    public static partial void Ended(string reason);

    /// <summary>Who is there.</summary>
    [JSImport("people", Module)]
    public static partial void People(double count, string[] names);

    /// <summary>The servers, each with its state, <c>ready</c> or <c>away</c>, in the same place of the other array.</summary>
    [JSImport("servers", Module)]
    public static partial void Servers(string[] addresses, string[] states);

    /// <summary>Something that whoever looks after the service may want to know.</summary>
    [JSImport("note", Module)]
    public static partial void Note(string text);
}
