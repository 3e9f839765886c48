using SmartClients.Chat;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chatting;

/// <summary>Writes lines into a room, in order; ends once servers have all of them that can be written.</summary>
internal sealed class LineWriter(PipedLines lines)
{
    // So many may be on their way: a long file fills no memory.
    const int MostWaiting = 100;

    readonly Queue<(PipedLine Line, OwnMessage Message)> sent = new();
    int refused;

    /// <exception cref="IOException">Lines were refused; each was named.</exception>
    public async Task RunAsync(ChatRoom room, CancellationToken cancel)
    {
        // Reading a terminal cannot be given up, and must hold nothing else up.
        while (await Task.Run(lines.Next, CancellationToken.None).WaitAsync(cancel) is { } line)
        {
            if (line.Problem is { } problem)
            {
                Refused(line, problem);
                continue;
            }
            sent.Enqueue((line, room.Send(line.Text)));
            if (sent.Count > MostWaiting) await SettledAsync(cancel);
        }
        while (sent.Count > 0) await SettledAsync(cancel);
        if (refused > 0) throw new IOException($"{refused} of {lines.Count} {(lines.Count == 1 ? "line" : "lines")} not written.");
    }

    async Task SettledAsync(CancellationToken cancel)
    {
        var (line, message) = sent.Dequeue();
        await message.Settled.WaitAsync(cancel);
        if (message.State == MessageState.Refused) Refused(line, message.Problem ?? "the servers refused it");
    }

    void Refused(PipedLine line, string problem)
    {
        refused++;
        Messages.Problem($"{line} is not written: {problem}");
    }
}
