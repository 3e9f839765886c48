using SmartClients.Cli.Chatting;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class ScreenTextTests
{
    [Fact]
    public void Long_lines_break_at_spaces_and_lose_nothing()
    {
        var rows = ScreenText.Wrap("08:00 ada: a line that is a good deal wider than the terminal that it is shown on", 40);
        Assert.All(rows, row => Assert.InRange(row.Length, 1, 40));
        Assert.Equal("08:00 ada: a line that is a good deal wider than the terminal that it is shown on", string.Join(' ', rows.Select(row => row.Trim())));
    }

    [Fact]
    public void Letters_of_two_cells_count_twice() => Assert.Equal(["漢字漢", "字"], ScreenText.Wrap("漢字漢字", 7));

    [Fact]
    public void What_is_wider_than_a_row_and_shown_as_one_letter_is_divided_between_letters()
    {
        var syllable = new string('ᄀ', 40);
        var rows = ScreenText.Wrap(syllable, 20);
        Assert.Equal(syllable, string.Concat(rows.Select(row => row.Trim())));
        Assert.All(rows, row => Assert.InRange(row.Sum(letter => letter == ' ' ? 1 : 2), 1, 20));
    }

    [Fact]
    public void The_longest_text_is_broken_in_time_with_its_length() => Assert.Equal(27027, ScreenText.Wrap(new string('x', 2_000_000), 80).Count);

    [Fact]
    public void A_line_of_marks_alone_is_a_row() => Assert.Single(ScreenText.Wrap("a" + new string('\u0301', 4000), 80));

    [Fact]
    public void Spaces_at_a_break_are_left_out() => Assert.Equal(["a line of some words", "      and more"], ScreenText.Wrap("a line of some words   and more", 20));

    [Fact]
    public void Of_a_long_line_the_end_is_seen() => Assert.Equal("world", ScreenText.Tail("hello world", 5));

    [Fact]
    public void A_row_fills_its_width() => Assert.Equal("\e[7mab  \e[0m", ScreenText.Fit("ab", 4, "\e[7m"));
}
