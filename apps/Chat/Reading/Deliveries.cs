namespace SmartClients.Chat.Reading;

/// <summary>Sees to it that each message is delivered once, and each sender's in order, whatever the servers repeat.</summary>
internal sealed class Deliveries(VersionVector? have)
{
    readonly Lock gate = new();
    VersionVector? have = have;

    /// <summary>What was delivered, or counts as if it had been; <see langword="null"/> before the first server let the reader in.</summary>
    public VersionVector? Have
    {
        get
        {
            lock (gate) return have?.Copy();
        }
    }

    /// <summary>The first server says what is older than the history that it sends.</summary>
    public void Begin(VersionVector older)
    {
        lock (gate) have ??= older.Copy();
    }

    /// <summary>Whether a message is to be delivered now.</summary>
    /// <exception cref="InvalidDataException">One of its sender's before it never came: the server has lost it.</exception>
    public bool Take(ChatMessage message)
    {
        lock (gate)
        {
            var last = (have ??= new VersionVector())[message.Sender];
            if (message.Sequence <= last) return false;
            if (message.Sequence > last + 1)
                throw new InvalidDataException($"it sent message {message.Sequence} of {message.Sender} after {last}, and none in between");
            have.Advance(message.Sender, message.Sequence);
            return true;
        }
    }
}
