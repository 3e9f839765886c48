using System.Globalization;
using SmartClients.Chat;

namespace SmartClients.Cli.Chatting;

/// <summary>What there is to see of a room. Safe for concurrent use.</summary>
internal sealed class RoomView
{
    const int Most = 500;

    readonly Lock gate = new();
    readonly List<string> lines = [];
    readonly Dictionary<string, OwnMessage> own = [];
    readonly List<(string Id, int At)> sent = [];
    readonly List<OwnMessage> waiting = [];

    /// <summary>Who serves.</summary>
    public string Served { get; private set; } = "looking for a server";

    /// <summary>Who is there.</summary>
    public string Here { get; private set; } = "";

    /// <summary>What went wrong last.</summary>
    public string? Problem { get; set; }

    /// <summary>Follows the room to its end.</summary>
    public async Task RunAsync(ChatRoom room, CancellationToken cancel)
    {
        await foreach (var happened in room.EventsAsync(cancel)) Note(happened);
    }

    /// <summary>A message of one's own; shown at the end until it comes from the room.</summary>
    public void Follow(OwnMessage message)
    {
        lock (gate)
        {
            Problem = null;
            own[message.Id] = message;
            waiting.Add(message);
        }
    }

    /// <summary>The messages as rows of a width.</summary>
    public IReadOnlyList<string> Rows(int width)
    {
        lock (gate)
        {
            var states = sent.ToDictionary(one => one.At, one => own[one.Id].State);
            List<string> rows = [];
            for (var i = 0; i < lines.Count; i++)
                rows.AddRange(ScreenText.Wrap(lines[i] + (states.TryGetValue(i, out var state) ? $"  ({Word(state)})" : ""), width));
            foreach (var message in waiting) rows.AddRange(ScreenText.Wrap($"      {message.Text}  ({Word(message.State)})", width));
            return rows;
        }
    }

    void Note(RoomEvent happened)
    {
        lock (gate)
            switch (happened)
            {
                case MessageArrived { Message: var message }:
                    if (own.ContainsKey(message.Id)) sent.Add((message.Id, lines.Count));
                    waiting.RemoveAll(one => one.Id == message.Id);
                    Add($"{message.Time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture)} {message.Name}: {message.Text.Replace('\n', ' ').Replace('\t', ' ')}");
                    break;
                case ServedBy { Server: var server, Moved: var moved }:
                    if (moved) Add($"      ─ moved to {server.Address}");
                    Served = $"served by {server.Address}";
                    break;
                case PeopleChanged { People: var people }:
                    Here = $" {people.Count} here: {string.Join(", ", people.Names)}";
                    break;
                case Interrupted:
                    Served = "looking for a server";
                    break;
                case Ended { Reason: var reason }:
                    (Served, Problem) = ("closed", reason);
                    break;
            }
    }

    void Add(string line)
    {
        lines.Add(line);
        if (lines.Count <= Most) return;
        lines.RemoveAt(0);
        for (var i = 0; i < sent.Count; i++) sent[i] = sent[i] with { At = sent[i].At - 1 };
        sent.RemoveAll(one => one.At < 0);
    }

    static string Word(MessageState state) => state switch
    {
        MessageState.Sending => "sending",
        MessageState.Sent => "sent",
        MessageState.Everywhere => "everywhere",
        _ => "refused",
    };
}
