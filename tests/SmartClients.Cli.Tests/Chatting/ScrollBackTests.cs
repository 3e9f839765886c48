using SmartClients.Cli.Chatting;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class ScrollBackTests
{
    readonly ScrollBack back = new();

    [Fact]
    public void At_first_the_last_rows_are_seen() => Assert.Equal(["8", "9", "10"], Seen(10));

    [Fact]
    public void A_page_back_keeps_a_row_in_sight_and_stays_whatever_comes()
    {
        Seen(10);
        back.Up();
        Assert.Equal(["6", "7", "8"], Seen(10));
        Assert.Equal(["6", "7", "8"], Seen(12));
        Assert.Equal(4, back.Below);
    }

    [Fact]
    public void Back_ends_at_the_first_row_and_on_at_the_last_where_it_follows_again()
    {
        Seen(5);
        for (var i = 0; i < 9; i++) back.Up();
        Assert.Equal(["1", "2", "3"], Seen(5));
        for (var i = 0; i < 9; i++) back.Down();
        Assert.Equal(["3", "4", "5"], Seen(5));
        Assert.Equal(0, back.Below);
        Assert.Equal(["4", "5", "6"], Seen(6));
    }

    [Fact]
    public void What_fits_cannot_be_scrolled()
    {
        Seen(2);
        back.Up();
        Assert.Equal(["1", "2"], Seen(2));
        Assert.Equal(["2", "3", "4"], Seen(4));
    }

    [Fact]
    public void Rows_that_a_wider_window_joins_leave_the_end_in_sight()
    {
        Seen(30);
        back.Up();
        Assert.Equal(["2", "3", "4"], Seen(4));
    }

    IReadOnlyList<string> Seen(int count) => back.Window([.. Enumerable.Range(1, count).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))], 3);
}
