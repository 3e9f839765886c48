using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace SmartClients.Cli.Chatting;

/// <summary>Text in a terminal's cells: letters of some scripts take two, and marks on letters none.</summary>
internal static class ScreenText
{
    const string Plain = "\e[0m";
    const string Indent = "      ";

    // Without a bound, marks and joiners would be gone through again for each of them.
    const int MostTogether = 64;

    /// <summary>One row, filled or cut to a width, in a style.</summary>
    public static string Fit(string text, int width, string style)
    {
        var row = Wrap(text, width)[0];
        return style + row + new string(' ', Math.Max(0, width - Cells(row))) + Plain;
    }

    /// <summary>The end of a text, as much as fits.</summary>
    public static string Tail(string text, int width)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        var (from, cells) = (text.Length, 0);
        for (var i = starts.Length - 1; i >= 0 && (cells += Cells(text.AsSpan(starts[i]..from))) <= width; i--) from = starts[i];
        return text[from..];
    }

    /// <summary>Rows of at most a width, broken at spaces where there are any. In time with the text's length.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> rows = [];
        var indent = "";
        var (start, at, cells, space) = (0, 0, 0, 0);
        while (at < text.Length)
        {
            var length = Together(text.AsSpan(at), width);
            var more = Cells(text.AsSpan(at, length));
            if (at == start || cells + more <= width)
            {
                if (text[at] == ' ') space = at;
                (cells, at) = (cells + more, at + length);
                continue;
            }
            var end = text[at] != ' ' && indent.Length + space - start > width / 2 ? space : at;
            rows.Add(indent + text[start..end]);
            // Where it leaves room for what follows.
            indent = width >= 20 ? Indent : "";
            start = text.AsSpan(end).IndexOfAnyExcept(' ') is >= 0 and var spaces ? end + spaces : text.Length;
            (at, cells, space) = (start, indent.Length, start);
        }
        if (start < text.Length || rows.Count == 0) rows.Add(indent + text[start..]);
        return rows;
    }

    // What is shown as one letter; of one that is wider than everything, as many that are joined can be, the first.
    static int Together(ReadOnlySpan<char> text, int width)
    {
        if (text.Length > MostTogether) text = text[..(char.IsHighSurrogate(text[MostTogether - 1]) ? MostTogether - 1 : MostTogether)];
        var length = StringInfo.GetNextTextElementLength(text);
        if (length <= 1 || Cells(text[..length]) <= width - Indent.Length) return length;
        Rune.DecodeFromUtf16(text, out _, out var first);
        return first;
    }

    // The library's count costs an object.
    static int Cells(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Length : new Segment(text.ToString()).CellCount();
}
