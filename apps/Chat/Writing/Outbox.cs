using System.Buffers.Text;
using System.Security.Cryptography;

namespace SmartClients.Chat.Writing;

/// <summary>
/// One's own messages from the first that is not known to be everywhere: a server that has not got an earlier one yet is given it again,
/// by its writer. Safe for concurrent use.
/// </summary>
internal sealed class Outbox
{
    // A writer that is cut off waits; what is sent, and stays not everywhere because a server is away, is forgotten from here on.
    internal const int MostUnsent = 1000;
    internal const int MostSent = 2000;

    readonly Lock gate = new();
    readonly List<OwnMessage> messages = [];
    TaskCompletionSource added = New();
    long next;
    long everywhere;

    public Outbox(ChatState? state)
    {
        next = state?.Next ?? 1;
        foreach (var one in state?.Unsettled ?? [])
            messages.Add(new OwnMessage(one.Id, one.Text, one.Sequence, one.Sent ? MessageState.Sent : MessageState.Sending));
    }

    /// <summary>Those that are not known to be everywhere.</summary>
    public IReadOnlyList<OwnMessage> Unsettled
    {
        get
        {
            lock (gate) return [.. messages];
        }
    }

    /// <summary>One more to send.</summary>
    /// <exception cref="InvalidOperationException">Too many wait already.</exception>
    public OwnMessage Add(string text)
    {
        var message = new OwnMessage(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)), text);
        lock (gate)
        {
            if (messages.Count(one => one.State == MessageState.Sending) >= MostUnsent)
                throw new InvalidOperationException($"{MostUnsent} messages wait to be sent already: no server can be reached, or they come too fast.");
            messages.Add(message);
            added.TrySetResult();
        }
        return message;
    }

    /// <summary>The first that is still to be sent, with its sequence number; <see langword="null"/> where there is none.</summary>
    public OwnMessage? FirstUnsent()
    {
        lock (gate)
        {
            var first = messages.Find(one => one.State == MessageState.Sending);
            if (first is { Sequence: 0 }) first.Sequence = next++;
            else if (first is null && added.Task.IsCompleted) added = New();
            return first;
        }
    }

    /// <summary>Completes when something was added after <see cref="FirstUnsent"/> found nothing.</summary>
    public Task Added
    {
        get
        {
            lock (gate) return added.Task;
        }
    }

    /// <summary>The one with a sequence number; <see langword="null"/> where it is not kept any more, or never was.</summary>
    public OwnMessage? Find(long sequence)
    {
        lock (gate) return messages.Find(one => one.Sequence == sequence);
    }

    /// <summary>A server has it.</summary>
    public void Stored(OwnMessage message)
    {
        message.Become(MessageState.Sent);
        // A reader may have heard so before the writer was answered.
        if (message.Sequence <= Volatile.Read(ref everywhere)) Everywhere(message.Sequence);
        lock (gate)
        {
            var sent = messages.Count(one => one.State == MessageState.Sent);
            if (sent > MostSent) messages.Remove(messages.Find(one => one.State == MessageState.Sent)!);
        }
    }

    /// <summary>The number is taken, by what an earlier process wrote and this one does not know of: it is the next one's that the server
    /// knows of.</summary>
    public void Renumber(OwnMessage message, long expected)
    {
        lock (gate)
        {
            if (message.State != MessageState.Sending) return;
            message.Sequence = Math.Max(expected, message.Sequence + 1);
            next = Math.Max(next, message.Sequence + 1);
        }
    }

    /// <summary>No server takes it: its number goes to the next.</summary>
    public void Refused(OwnMessage message, string problem)
    {
        lock (gate)
        {
            messages.Remove(message);
            next = message.Sequence;
        }
        message.Refuse(problem);
    }

    /// <summary>Every server has them up to here.</summary>
    public void Everywhere(long upTo)
    {
        List<OwnMessage> settled;
        lock (gate)
        {
            everywhere = Math.Max(everywhere, upTo);
            // One that this writer was not told of as stored will be, by the answer to its post.
            settled = messages.FindAll(one => one.Sequence > 0 && one.Sequence <= upTo && one.State == MessageState.Sent);
            messages.RemoveAll(settled.Contains);
        }
        foreach (var one in settled) one.Become(MessageState.Everywhere);
    }

    /// <summary>What another process would go on with.</summary>
    public (long Next, IReadOnlyList<UnsettledMessage> Unsettled) State
    {
        get
        {
            lock (gate) return (next, [.. messages.Select(one => new UnsettledMessage(one.Id, one.Text, one.Sequence, one.State != MessageState.Sending))]);
        }
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
