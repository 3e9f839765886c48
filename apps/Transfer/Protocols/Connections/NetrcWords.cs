using System.Text;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>The words of a netrc file: parted by blanks, quoted where they hold some, up to a comment.</summary>
internal sealed class NetrcWords(string text)
{
    int at;

    /// <summary>The next word; <see langword="null"/> at the end.</summary>
    public string? Next()
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '#' && AtLineStart()))
            at = text[at] == '#' ? LineEnd() : at + 1;
        if (at >= text.Length) return null;
        if (text[at] == '"') return Quoted();
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return text[start..at];
    }

    /// <summary>Skips a macro's text, which ends at an empty line.</summary>
    public void SkipMacro()
    {
        var end = text.IndexOf("\n\n", at, StringComparison.Ordinal);
        at = end < 0 ? text.Length : end + 2;
    }

    string Quoted()
    {
        var word = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length) word.Append(text[at]);
            else word.Append(text[++at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        at = Math.Min(at + 1, text.Length);
        return word.ToString();
    }

    // A password may hold the sign: only at the start of a line does it begin a comment.
    bool AtLineStart() => text.AsSpan(0, at).TrimEnd(" \t") is var before && (before.IsEmpty || before[^1] is '\n' or '\r');

    int LineEnd() => text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;
}
