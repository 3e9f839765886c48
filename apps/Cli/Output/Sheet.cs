using Spectre.Console;

namespace SmartClients.Cli.Output;

/// <summary>A small table: framed on a terminal, aligned columns in a pipe. Columns after the first are numbers unless they say otherwise.</summary>
internal sealed class Sheet(params string[] headings)
{
    readonly List<string[]> rows = [];

    /// <summary>Headings of columns that hold words and are aligned to the left.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write()
    {
        if (Terminal.OutputIsLive) Terminal.Output.Write(Framed());
        else Console.Out.Write(Plain());
    }

    public Table Framed()
    {
        var table = new Table().RoundedBorder().BorderColor(Color.Grey);
        for (var i = 0; i < headings.Length; i++)
        {
            var column = new TableColumn(new Text(headings[i], new Style(decoration: Decoration.Bold)));
            table.AddColumn(IsNumber(i) ? column.RightAligned() : column);
        }
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    public string Plain()
    {
        var widths = headings.Select((heading, i) => rows.Select(r => r[i].Length).Append(heading.Length).Max()).ToArray();
        var lines = rows.Prepend(headings).Select(row =>
            string.Join("  ", row.Select((cell, i) => IsNumber(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>As a table of a Markdown document.</summary>
    public string Markdown() => string.Concat(
        rows.Prepend([.. headings.Select((_, i) => IsNumber(i) ? "---:" : "---")]).Prepend(headings).Select(row => $"| {string.Join(" | ", row)} |\n"));

    bool IsNumber(int column) => column > 0 && !Words.Contains(headings[column]);
}
