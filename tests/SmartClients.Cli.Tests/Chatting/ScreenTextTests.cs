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
    public void Of_a_long_line_the_end_is_seen() => Assert.Equal("world", ScreenText.Tail("hello world", 5));

    [Fact]
    public void A_row_fills_its_width() => Assert.Equal("\e[7mab  \e[0m", ScreenText.Fit("ab", 4, "\e[7m"));
}
