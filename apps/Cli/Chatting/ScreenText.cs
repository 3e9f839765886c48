using System.Globalization;
using Spectre.Console.Rendering;

namespace SmartClients.Cli.Chatting;

/// <summary>Text in a terminal's cells: letters of some scripts take two, and marks on letters none.</summary>
internal static class ScreenText
{
    const string Plain = "\e[0m";

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
        var from = 0;
        while (from < starts.Length && Cells(text[starts[from]..]) > width) from++;
        return from < starts.Length ? text[starts[from]..] : "";
    }

    /// <summary>Rows of at most a width, broken at spaces where there are any.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> rows = [];
        // Where it leaves room for what follows.
        var indent = width >= 20 ? "      " : "";
        while (Cells(text) > width)
        {
            var (end, cells) = (0, 0);
            foreach (var element in Elements(text))
            {
                cells += Cells(element);
                if (cells > width) break;
                end += element.Length;
            }
            var space = text.LastIndexOf(' ', Math.Max(0, end - 1));
            if (space > width / 2) end = space;
            end = Math.Max(1, end);
            rows.Add(text[..end]);
            text = indent + text[end..].TrimStart();
        }
        rows.Add(text);
        return rows;
    }

    static int Cells(string text) => new Segment(text).CellCount();

    static IEnumerable<string> Elements(string text)
    {
        var each = StringInfo.GetTextElementEnumerator(text);
        while (each.MoveNext()) yield return each.GetTextElement();
    }
}
