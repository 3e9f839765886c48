namespace SmartClients.Chat.Checker.Recording;

/// <summary>A message of some writer's.</summary>
internal sealed class Written
{
    public string Writer { get; private set; } = "";

    public int Number { get; private set; }

    public string Text { get; private set; } = "";

    public long WrittenAt { get; private set; }

    /// <summary>When a server's acknowledgement came, by the clock's timestamp; 0 where none did.</summary>
    public long AcknowledgedAt { get; set; }

    /// <summary>The acknowledgement may come before the writer has got its message back to tell of it.</summary>
    public void Is(string writer, int number, string text, long at) => (Writer, Number, Text, WrittenAt) = (writer, number, text, at);
}
