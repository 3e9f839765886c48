using System.Globalization;
using SmartClients.Chat;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chatting;

/// <summary>Prints a room, a line for each message; what else happens goes to standard error.</summary>
internal sealed class LinePrinter(TextWriter output, bool json, TimeProvider time)
{
    /// <summary>Why the room cannot be read any more; <see langword="null"/> while it can.</summary>
    public string? Problem { get; private set; }

    public async Task RunAsync(ChatRoom room, CancellationToken cancel)
    {
        using var absence = new Absence(text => Messages.Note(Messages.OneLine(text)), time);
        await foreach (var happened in room.EventsAsync(cancel))
        {
            if (happened is Interrupted { Reason: var why }) absence.GoesOn(why);
            else if (happened is ServedBy) absence.Over();
            if (happened is Ended { Reason: var reason }) Problem = reason;
            else if (json) Json(happened);
            else Plain(happened);
        }
    }

    void Plain(RoomEvent happened)
    {
        if (happened is MessageArrived { Message: var message })
            output.WriteLine($"{message.Time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture)} {message.Name}: {message.Text.Replace("\n", "\n      ", StringComparison.Ordinal)}");
        else if (happened is ServedBy served) Messages.Note(served.Moved ? $"moved to {served.Server.Address}" : $"served by {served.Server.Address}");
    }

    void Json(RoomEvent happened)
    {
        var line = happened switch
        {
            MessageArrived { Message: var m } => new ChatLine("message") { Id = m.Id, Sender = m.Sender, Sequence = m.Sequence, Name = m.Name, Text = m.Text, Time = m.Time },
            ServedBy served => new ChatLine("served") { Server = served.Server.Address, Moved = served.Moved },
            PeopleChanged { People: var people } => new ChatLine("people") { Count = people.Count, Names = people.Names },
            Interrupted { Reason: var reason } => new ChatLine("interrupted") { Reason = reason },
            _ => null,
        };
        if (line is not null) output.WriteLine(System.Text.Json.JsonSerializer.Serialize(line, ChatLineJson.Default.ChatLine));
    }
}
