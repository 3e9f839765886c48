namespace SmartClients.Terminals.Ssh;

/// <summary>Holds back what ssh itself writes on its terminal when its connection has ended, wherever its log goes: that is told on a line
/// of ours. From anybody else the same is shown when more comes after it.</summary>
/// <param name="show">Given all else.</param>
internal sealed class LastWords(LastWords.Shower show)
{
    /// <summary>Shows bytes to the user.</summary>
    public delegate void Shower(ReadOnlySpan<byte> bytes);

    const int Longest = 300;

    byte[] held = [];

    /// <summary>Takes one piece.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        Release();
        var begin = bytes.Length - Length(bytes);
        if (begin > 0) show(bytes[..begin]);
        held = bytes[begin..].ToArray();
    }

    /// <summary>They were not ssh's.</summary>
    public void Release()
    {
        if (held.Length > 0) show(held);
        held = [];
    }

    // ssh writes them at once.
    static int Length(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimEnd("\r\n"u8);
        if (!text.EndsWith(" closed by remote host."u8) || text.LastIndexOf("Connection to "u8) is not (>= 0 and var begin)) return 0;
        return text.Length - begin > Longest || text[begin..].Contains((byte)'\n') ? 0 : bytes.Length - begin;
    }
}
