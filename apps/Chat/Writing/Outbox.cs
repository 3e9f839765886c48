using System.Buffers.Text;
using System.Security.Cryptography;
using SmartClients.Chat.Wire;

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

    // Of what goes in one post, beside the last message; a server takes a body of so much.
    const int MostTogether = 6000;

    readonly Lock gate = new();
    readonly List<OwnMessage> messages = [];
    TaskCompletionSource added = New();
    long next;
    long everywhere;
    long lacking;

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

    /// <summary>What is to be sent now: the first that no server has, with its sequence number from here on; where there is none, the last of those that the
    /// reader's server lacks. <see langword="null"/> where there is nothing to do.</summary>
    public OwnMessage? Next()
    {
        lock (gate)
        {
            var first = messages.Find(one => one.State == MessageState.Sending);
            if (first is { Sequence: 0 }) first.Sequence = next++;
            if (first is not null) return first;
            if (lacking > 0 && messages.FindLast(one => one.Sequence >= lacking) is { } last) return last;
            lacking = 0;
            if (added.Task.IsCompleted) added = New();
            return null;
        }
    }

    /// <summary>Completes when there is something to do after <see cref="Next"/> found nothing.</summary>
    public Task Added
    {
        get
        {
            lock (gate) return added.Task;
        }
    }

    /// <summary>A message with those before it that the reader's server is known to lack, as far as they go together.</summary>
    public IReadOnlyList<OwnMessage> With(OwnMessage message)
    {
        lock (gate) return lacking > 0 && Together(lacking, message) is { Count: > 0 } run ? run : [message];
    }

    /// <summary>Messages from one with a sequence number to another, as many of them as go together; none where the first is not kept any more, or never was.</summary>
    public IReadOnlyList<OwnMessage> Run(long from, OwnMessage to)
    {
        lock (gate) return Together(from, to);
    }

    List<OwnMessage> Together(long from, OwnMessage to)
    {
        List<OwnMessage> run = [];
        var characters = 0;
        for (var i = messages.FindIndex(one => one.Sequence == from); i >= 0 && i < messages.Count && run.Count <= Post.MostBefore; i++)
        {
            if (messages[i].Sequence != from + run.Count || messages[i].Sequence > to.Sequence) break;
            run.Add(messages[i]);
            if ((characters += messages[i].Text.Length) > MostTogether) break;
        }
        return run;
    }

    /// <summary>The server that one reads from has them up to here: what it lacks is given to it again, without waiting for the next message.
    /// Whoever acknowledged it may never be back.</summary>
    public void ServerHas(long upTo)
    {
        lock (gate)
        {
            if (!messages.Exists(one => one.Sequence > upTo && one.State == MessageState.Sent)) return;
            lacking = upTo + 1;
            added.TrySetResult();
        }
    }

    /// <summary>A server has these, which were sent together.</summary>
    public void Stored(IReadOnlyList<OwnMessage> run)
    {
        lock (gate)
            if (run[0].Sequence <= lacking) lacking = run[^1].Sequence + 1;
        foreach (var one in run) Stored(one);
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
    /// <returns>Whether it got another: one that a server has keeps its own.</returns>
    public bool Renumber(OwnMessage message, long expected)
    {
        lock (gate)
        {
            if (message.State != MessageState.Sending) return false;
            message.Sequence = Math.Max(expected, message.Sequence + 1);
            next = Math.Max(next, message.Sequence + 1);
            return true;
        }
    }

    /// <summary>No server takes it: its number goes to the next. One that was taken before stays so, and is not given again.</summary>
    public void Refused(OwnMessage message, string problem)
    {
        lock (gate)
        {
            lacking = 0;
            if (message.State != MessageState.Sending) return;
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
