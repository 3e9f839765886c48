using System.Globalization;
using System.Text;

namespace SmartClients.Cli.Tests.Chatting;

/// <summary>What is to be seen on a terminal that was sent these bytes: as much of one as a full-screen program of ours uses.</summary>
internal sealed class TerminalScreen(int rows, int columns)
{
    readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    readonly StringBuilder sequence = new();
    readonly Lock gate = new();
    char[][] cells = Empty(rows, columns);
    int row, column;

    /// <summary>Whether the second screen is shown, which leaves what was on the first one as it was.</summary>
    public bool IsSecond { get; private set; }

    /// <summary>Its rows, as they are read.</summary>
    public IReadOnlyList<string> Rows
    {
        get
        {
            lock (gate) return [.. cells.Select(one => new string(one).TrimEnd())];
        }
    }

    /// <summary>The terminal has another size now; what was on it is gone.</summary>
    public void Resize(int height, int width)
    {
        lock (gate) (cells, row, column) = (Empty(height, width), 0, 0);
    }

    public void Show(ReadOnlySpan<byte> bytes)
    {
        var letters = new char[bytes.Length + 1];
        var count = decoder.GetChars(bytes, letters, flush: false);
        lock (gate)
            foreach (var letter in letters.AsSpan(0, count)) Take(letter);
    }

    void Take(char letter)
    {
        if (sequence.Length > 0) Continue(letter);
        else if (letter == '\e') sequence.Append(letter);
        else if (letter == '\r') column = 0;
        else if (letter == '\n') row = Math.Min(row + 1, cells.Length - 1);
        else if (!char.IsControl(letter) && column < cells[0].Length) cells[row][column++] = letter;
    }

    void Continue(char letter)
    {
        sequence.Append(letter);
        if (sequence.Length == 2 && letter == '[') return;
        // One letter after an escape, or numbers and what they are for.
        if (sequence[1] == '[' && letter is (>= '0' and <= '9') or ';' or '?') return;
        var text = sequence.ToString(2, sequence.Length - 2);
        sequence.Clear();
        if (text == "?1049h" || text == "?1049l") (IsSecond, cells, row, column) = (text[^1] == 'h', Empty(cells.Length, cells[0].Length), 0, 0);
        else if (text.EndsWith('H')) (row, column) = (Number(text.Split(';')[0].TrimEnd('H')) - 1, Number(text.Contains(';', StringComparison.Ordinal) ? text[(text.IndexOf(';', StringComparison.Ordinal) + 1)..^1] : "") - 1);
        else if (text == "K") Array.Fill(cells[row], ' ', column, cells[row].Length - column);
    }

    static int Number(string text) => text.Length == 0 ? 1 : int.Parse(text, CultureInfo.InvariantCulture);

    static char[][] Empty(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
}
