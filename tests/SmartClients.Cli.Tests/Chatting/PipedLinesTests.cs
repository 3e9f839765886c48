using System.Text;
using SmartClients.Cli.Chatting;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class PipedLinesTests
{
    [Fact]
    public void Lines_come_as_they_are_numbered_and_without_empty_ones() =>
        Assert.Equal([new(1, "one", null), new(3, "two", null), new(4, "three", null)], All("one\n \ntwo\r\nthree"));

    [Fact]
    public void What_colours_a_terminal_is_left_out() =>
        Assert.Equal([new(1, "Main.cs: error, see here", null)], All("\e[1;31mMain.cs\e[0m: \e[Kerror\e(B, \e]8;;http://x\asee\e]8;;\e\\ here\n\e[0m\n"));

    [Fact]
    public void A_mark_at_the_beginning_of_a_file_is_no_part_of_its_first_line() => Assert.Equal([new(1, "one", null)], All("\ufeffone\n"));

    [Fact]
    public void A_line_that_is_not_utf_8_is_refused_and_the_others_are_not()
    {
        var lines = All([.. "one\n"u8, 0xc3, 0x28, (byte)'\n', .. "two\n"u8]);
        Assert.Equal([null, "It is not in UTF-8.", null], lines.Select(line => line.Problem));
    }

    [Fact]
    public void A_line_of_any_length_is_refused_without_being_kept()
    {
        var lines = All([.. Enumerable.Repeat((byte)'x', 1_000_000), .. "\ntwo\n"u8]);
        Assert.Equal(["It has more than 65,536 bytes.", null], lines.Select(line => line.Problem));
        Assert.Equal("line 1", lines[0].ToString());
    }

    [Fact]
    public void What_is_too_long_for_a_message_or_no_text_is_refused_and_named()
    {
        var lines = All(new string('x', 4001) + "\nb\bell\n");
        Assert.All(lines, line => Assert.NotNull(line.Problem));
        Assert.Equal($"line 1 ('{new string('x', 40)}…')", lines[0].ToString());
    }

    static List<PipedLine> All(string text) => All(Encoding.UTF8.GetBytes(text));

    static List<PipedLine> All(byte[] bytes)
    {
        using var input = new MemoryStream(bytes);
        var lines = new PipedLines(input);
        List<PipedLine> all = [];
        while (lines.Next() is { } line) all.Add(line);
        return all;
    }
}
