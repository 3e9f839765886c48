using SmartClients.Chat;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chatting;

/// <summary>Writes lines into a room, in order; ends once servers have all of them.</summary>
internal sealed class LineWriter(TextReader lines)
{
    // So many may be on their way: a long file fills no memory.
    const int MostWaiting = 100;

    /// <exception cref="IOException">The servers refused a line.</exception>
    public async Task RunAsync(ChatRoom room, CancellationToken cancel)
    {
        var sent = new Queue<OwnMessage>();
        // Reading a terminal cannot be given up, and must hold nothing else up.
        while (await Task.Run(lines.ReadLine, CancellationToken.None).WaitAsync(cancel) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (ChatRules.ProblemOfText(line) is { } problem)
            {
                Messages.Problem(problem);
                continue;
            }
            sent.Enqueue(room.Send(line));
            while (sent.Count > MostWaiting) await SettledAsync(sent.Dequeue(), cancel);
        }
        foreach (var message in sent) await SettledAsync(message, cancel);
    }

    static async Task SettledAsync(OwnMessage message, CancellationToken cancel)
    {
        await message.Settled.WaitAsync(cancel);
        if (message.State == MessageState.Refused) throw new IOException("A line was not written: " + message.Problem);
    }
}
