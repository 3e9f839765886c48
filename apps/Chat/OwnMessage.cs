namespace SmartClients.Chat;

/// <summary>A message of one's own, and how far it got. Safe for concurrent use.</summary>
public sealed class OwnMessage
{
    readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile int state;

    internal OwnMessage(string id, string text, long sequence = 0, MessageState state = MessageState.Sending)
    {
        (Id, Text, Sequence, this.state) = (id, text, sequence, (int)state);
        if (state != MessageState.Sending) settled.TrySetResult();
    }

    /// <summary>Its identity: the same as that of the <see cref="ChatMessage"/> that comes back from the room.</summary>
    public string Id { get; }

    /// <summary>The line.</summary>
    public string Text { get; }

    /// <summary>How far it got.</summary>
    public MessageState State => (MessageState)state;

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes once a server has it, or it was refused.</summary>
    public Task Settled => settled.Task;

    /// <summary>The state has changed. Called on any thread, and must be quick.</summary>
    public event Action<OwnMessage>? Changed;

    /// <summary>0 until it is first sent: what was refused before leaves no gap.</summary>
    internal long Sequence { get; set; }

    internal void Become(MessageState next)
    {
        int seen;
        do
        {
            seen = state;
            if ((int)next <= seen) return;
        }
        while (Interlocked.CompareExchange(ref state, (int)next, seen) != seen);
        settled.TrySetResult();
        Changed?.Invoke(this);
    }

    internal void Refuse(string problem)
    {
        Problem = problem;
        Become(MessageState.Refused);
    }
}
