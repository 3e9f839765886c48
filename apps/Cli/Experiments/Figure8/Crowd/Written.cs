using SmartClients.Chat;

namespace SmartClients.Cli.Experiments.Figure8.Crowd;

/// <summary>A line that was written, and when what came of it.</summary>
internal sealed class Written
{
    readonly TimeProvider time;
    long acknowledged;

    public Written(OwnMessage message, long at, TimeProvider time)
    {
        (Message, At, this.time) = (message, at, time);
        _ = NoteAsync();
    }

    public OwnMessage Message { get; }

    /// <summary>When it was written.</summary>
    public long At { get; }

    /// <summary>When a server said that it has it; <see langword="null"/> while none has.</summary>
    public long? Acknowledged => Volatile.Read(ref acknowledged) is > 0 and var at ? at : null;

    async Task NoteAsync()
    {
        await Message.Settled;
        if (Message.State != MessageState.Refused) Volatile.Write(ref acknowledged, time.GetTimestamp());
    }
}
