using SmartClients.Chat;

namespace SmartClients.Cli.Chatting;

/// <summary>A line of a room's view, which is broken into rows once for each width, and again where it is one's own and got further.</summary>
internal sealed class ViewLine(string text, OwnMessage? own)
{
    IReadOnlyList<string> rows = [];
    (int Width, MessageState? State) brokenFor;

    /// <summary>Its rows.</summary>
    public IReadOnlyList<string> Rows(int width)
    {
        if (brokenFor == (width, own?.State) && rows.Count > 0) return rows;
        brokenFor = (width, own?.State);
        return rows = ScreenText.Wrap(brokenFor.State is { } state ? $"{text}  ({Word(state)})" : text, width);
    }

    static string Word(MessageState state) => state switch
    {
        MessageState.Sending => "sending",
        MessageState.Sent => "sent",
        MessageState.Everywhere => "everywhere",
        _ => "refused",
    };
}
