using System.Text;
using SmartClients.Terminals.Local;

namespace SmartClients.Terminals.Sessions;

/// <summary>What the user sees: the machine's output, and a line of ours now and then.</summary>
internal sealed class Screen(UserTerminal terminal, Transcript transcript, TimeProvider time)
{
    long shownAt;

    /// <summary>When the machine last showed something.</summary>
    public long ShownAt => Volatile.Read(ref shownAt);

    /// <summary>Shows output of the machine.</summary>
    public void Show(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        Volatile.Write(ref shownAt, time.GetTimestamp());
        terminal.Write(bytes);
        transcript.Write(bytes);
    }

    /// <summary>Begins a line of ours, on a screen without anything that the last machine's programs had done to it.</summary>
    public void BeginLine(string text)
    {
        terminal.ResetScreen();
        Write("\r\n\e[Ksmart: " + Clean(text));
    }

    /// <summary>Ends it.</summary>
    public void EndLine(string text) => Write(Clean(text) + "\r\n");

    /// <summary>A line of ours.</summary>
    public void Line(string text) => Write($"smart: {Clean(text)}\r\n");

    void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        terminal.Write(bytes);
        transcript.Write(bytes);
    }

    // Names and reasons come from elsewhere.
    static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
