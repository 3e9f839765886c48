using SmartClients.Naming;

namespace SmartClients.Cli.Calling;

/// <summary>A URL of the command line: a name, and the path to ask any of its replicas for.</summary>
/// <param name="Name">What <see cref="Names.Open"/> takes.</param>
/// <param name="Path">From its slash on, with the query.</param>
internal sealed record CallUrl(string Name, string Path)
{
    const string FileEnd = ".json";

    /// <summary>
    /// The name ends at its first slash or question mark; that of <c>file:</c>, which has slashes of its own, at its first
    /// <c>.json</c> before one of the two or the end.
    /// </summary>
    /// <exception cref="FormatException">It does not begin with a form of name that is known here.</exception>
    public static CallUrl Parse(string text)
    {
        // The form alone is checked first, so that http://… is told what is wrong with it.
        if (!Names.IsName(text))
            throw new FormatException($"'{text}' is not a name and a path: write list:host:port,host:port/path or file:members.json/path.");
        var start = text.IndexOf(':') + 1;
        var end = text.StartsWith("file:", StringComparison.Ordinal) ? EndOfFile(text, start) : text.AsSpan(start).IndexOfAny('/', '?') + start;
        if (end < start) return new CallUrl(text, "/");
        return new CallUrl(text[..end], text[end] == '/' ? text[end..] : "/" + text[end..]);
    }

    static int EndOfFile(string text, int from)
    {
        while (text.IndexOf(FileEnd, from, StringComparison.Ordinal) is >= 0 and var at)
        {
            from = at + FileEnd.Length;
            if (from == text.Length) break;
            if (text[from] is '/' or '?') return from;
        }
        return -1;
    }
}
