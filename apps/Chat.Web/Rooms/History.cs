namespace SmartClients.Chat.Web.Rooms;

/// <summary>The last messages of a room, as the browser keeps them.</summary>
internal sealed class History
{
    const int Most = 200;
    const int MostCharacters = 200_000;

    readonly string key;
    readonly Queue<ChatMessage> messages = new();
    int characters;
    VersionVector? have;

    /// <summary>Begins with what an earlier visit left.</summary>
    /// <param name="key">Where it is kept.</param>
    public History(string key)
    {
        this.key = key;
        if (KeptRoom.Read(key) is not { } kept) return;
        State = kept.State;
        have = kept.State.Have;
        foreach (var message in kept.Messages) Add(message);
    }

    /// <summary>What the earlier visit would have gone on with; <see langword="null"/> where there was none.</summary>
    public ChatState? State { get; }

    /// <summary>The messages, oldest first.</summary>
    public IReadOnlyCollection<ChatMessage> Messages => messages;

    /// <summary>A server has let one in; what it says is older than its history is not asked for again.</summary>
    public void Begin(VersionVector? older) => have ??= older;

    /// <summary>One more.</summary>
    public void Add(ChatMessage message)
    {
        have?.Advance(message.Sender, message.Sequence);
        messages.Enqueue(message);
        characters += message.Text.Length;
        while (messages.Count > Most || (characters > MostCharacters && messages.Count > 1)) characters -= messages.Dequeue().Text.Length;
    }

    /// <summary>Keeps them, and what goes with them: of what was seen, exactly what was added here.</summary>
    public void Save(ChatState state) => new KeptRoom(state with { Have = have }, [.. messages]).Write(key);
}
