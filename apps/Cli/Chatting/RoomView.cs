using System.Globalization;
using SmartClients.Chat;

namespace SmartClients.Cli.Chatting;

/// <summary>What there is to see of a room. Safe for concurrent use.</summary>
internal sealed class RoomView
{
    const int Most = 500;

    readonly Lock gate = new();
    readonly Queue<ViewLine> lines = [];
    readonly List<(OwnMessage Message, ViewLine Line)> waiting = [];
    string? problem;
    long changes;

    /// <summary>Another number whenever there is something else to see.</summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>Who serves.</summary>
    public string Served { get; private set; } = "looking for a server";

    /// <summary>Who is there.</summary>
    public string Here { get; private set; } = "";

    /// <summary>Why the room cannot be read any more; <see langword="null"/> while it can.</summary>
    public string? Closed { get; private set; }

    /// <summary>What went wrong last.</summary>
    public string? Problem
    {
        get => problem;
        set
        {
            problem = value;
            Changed();
        }
    }

    /// <summary>Lines of one's own that no server has.</summary>
    public IReadOnlyList<OwnMessage> Unsent
    {
        get
        {
            lock (gate) return [.. waiting.Select(one => one.Message).Where(one => one.State is MessageState.Sending or MessageState.Refused)];
        }
    }

    /// <summary>Follows the room to its end.</summary>
    public async Task RunAsync(ChatRoom room, CancellationToken cancel)
    {
        await foreach (var happened in room.EventsAsync(cancel)) Note(happened);
    }

    /// <summary>A message of one's own; shown at the end until it comes from the room.</summary>
    public void Follow(OwnMessage message)
    {
        message.Changed += _ => Changed();
        lock (gate) waiting.Add((message, new ViewLine($"      {message.Text}", message)));
        Problem = null;
    }

    /// <summary>The messages as rows of a width.</summary>
    public IReadOnlyList<string> Rows(int width)
    {
        lock (gate) return [.. lines.Concat(waiting.Select(one => one.Line)).SelectMany(line => line.Rows(width))];
    }

    void Note(RoomEvent happened)
    {
        lock (gate)
            switch (happened)
            {
                case MessageArrived { Message: var message }:
                    var own = waiting.FindIndex(one => one.Message.Id == message.Id);
                    Add($"{message.Time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture)} {message.Name}: {message.Text.Replace('\n', ' ').Replace('\t', ' ')}", own < 0 ? null : waiting[own].Message);
                    if (own >= 0) waiting.RemoveAt(own);
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
                    (Served, Closed) = ("closed", reason);
                    break;
            }
        Changed();
    }

    void Add(string line, OwnMessage? own = null)
    {
        lines.Enqueue(new ViewLine(line, own));
        if (lines.Count > Most) lines.Dequeue();
    }

    void Changed() => Interlocked.Increment(ref changes);
}
