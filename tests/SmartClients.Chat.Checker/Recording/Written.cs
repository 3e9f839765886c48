namespace SmartClients.Chat.Checker.Recording;

/// <summary>A message of some writer's.</summary>
internal sealed class Written
{
    volatile bool known;

    public string Writer { get; private set; } = "";

    public int Number { get; private set; }

    public string Text { get; private set; } = "";

    public long WrittenAt { get; private set; }

    /// <summary>When a server's acknowledgement came, by the clock's timestamp; 0 where none did.</summary>
    public long AcknowledgedAt { get; set; }

    /// <summary>Whether its writer has told of it; its acknowledgement may come before that.</summary>
    public bool IsKnown => known;

    public void Is(string writer, int number, string text, long at)
    {
        (Writer, Number, Text, WrittenAt) = (writer, number, text, at);
        known = true;
    }
}
