using System.Text;
using SmartClients.Terminals.Marks;
using Xunit;

namespace SmartClients.Terminals.Tests.Marks;

public class MarkReaderTests
{
    const string Key = "0123abcd";

    static (string Shown, List<Mark> Marks) Read(string text, int piece = int.MaxValue)
    {
        var shown = new List<byte>();
        var marks = new List<Mark>();
        var reader = new MarkReader(Key, bytes => shown.AddRange(bytes), marks.Add);
        foreach (var chunk in Encoding.UTF8.GetBytes(text).Chunk(Math.Min(piece, 1 << 20))) reader.Feed(chunk);
        reader.End();
        return (Encoding.UTF8.GetString([.. shown]), marks);
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_mark_is_taken_out_and_all_else_is_shown_in_pieces_of_any_size(int piece)
    {
        var (shown, marks) = Read($"\e[31mred\e]7770;{Key};dir;{Base64("/tmp")}\a\e[0m ü\e]0;title\a\e]7770;{Key};end;3\e\\$ ", piece);

        Assert.Equal("\e[31mred\e[0m ü\e]0;title\a$ ", shown);
        Assert.Equal([new Mark(MarkKind.Directory, "/tmp"), new Mark(MarkKind.End, "3")], marks);
    }

    [Theory]
    [InlineData("\e]7770;other;dir;L3RtcA==\a")]
    [InlineData("\e]7770;0123abcX;end;0\a")]
    [InlineData("\e]7770;")]
    [InlineData("\e")]
    [InlineData("\e\e\e]7")]
    [InlineData("\e]7;unfinished\r\nmore")]
    public void What_is_not_ours_is_shown_as_it_is(string text)
    {
        var (shown, marks) = Read("before" + text, 1);

        Assert.Equal("before" + text, shown);
        Assert.Empty(marks);
    }

    [Theory]
    [InlineData("end;256")]
    [InlineData("end;-1")]
    [InlineData("end;x")]
    [InlineData("dir;not base64!")]
    [InlineData("dance")]
    [InlineData("")]
    public void A_mark_that_makes_no_sense_is_neither_shown_nor_believed(string body)
    {
        var (shown, marks) = Read($"a\e]7770;{Key};{body}\ab");

        Assert.Equal("ab", shown);
        Assert.Empty(marks);
    }

    [Theory]
    [InlineData("\e]7;file://host/tmp/a%20b\a", "/tmp/a b")]
    [InlineData("\e]7;file:///tmp\e\\", "/tmp")]
    [InlineData("\e]7;file://host\a", null)]
    [InlineData("\e]7;http://host/tmp\a", null)]
    [InlineData("\e]7;file://host/%0Aevil\a", null)]
    public void OSC_7_tells_a_directory_and_is_shown(string text, string? expected)
    {
        var (shown, marks) = Read(text);

        Assert.Equal(text.Replace("\e\\", "\a", StringComparison.Ordinal), shown.Replace("\e\\", "\a", StringComparison.Ordinal));
        Assert.Equal(expected, marks.Count > 0 ? marks[0].Text : null);
    }

    [Fact]
    public void An_escape_that_breaks_one_sequence_may_begin_a_mark()
    {
        var (shown, marks) = Read($"\e]7;file://h/x\e]7770;{Key};end;1\a", 1);

        Assert.Equal("\e]7;file://h/x", shown);
        Assert.Equal([new Mark(MarkKind.End, "1")], marks);
    }

    [Fact]
    public void What_never_ends_is_shown_once_it_is_too_long()
    {
        var (shown, _) = Read($"\e]7770;{Key};" + new string('a', 600 << 10));

        Assert.Equal(600 << 10, shown.Length - $"\e]7770;{Key};".Length);
    }
}
