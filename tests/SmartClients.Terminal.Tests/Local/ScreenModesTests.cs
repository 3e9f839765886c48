using System.Text;
using SmartClients.Terminals.Local;
using Xunit;

namespace SmartClients.Terminals.Tests.Local;

public class ScreenModesTests
{
    static string ResetAfter(string shown, int piece = 1)
    {
        var modes = new ScreenModes();
        foreach (var chunk in Encoding.ASCII.GetBytes(shown).Chunk(piece)) modes.Watch(chunk);
        return Encoding.ASCII.GetString(modes.TakeReset());
    }

    [Theory]
    [InlineData("plain text \e[31m", "")]
    [InlineData("\e[?1049h\e[?1049l", "")]
    [InlineData("\e[?2004h$ ", "\e[?2004l\e>\e[0m\e(B")]
    [InlineData("\e[?25l\e[?1000;1006h\e[?1049h", "\e[?25h\e[?1000l\e[?1006l\e[?1049l\e>\e[0m\e(B")]
    [InlineData("\e[?9999h\e[?h\e[?;;h", "")]
    public void What_was_set_is_undone_and_nothing_else(string shown, string reset)
    {
        Assert.Equal(reset, ResetAfter(shown, 1));
        Assert.Equal(reset, ResetAfter(shown, 1000));
    }

    [Fact]
    public void It_is_undone_once()
    {
        var modes = new ScreenModes();
        modes.Watch("\e[?1049h"u8);
        Assert.NotEmpty(modes.TakeReset());
        Assert.Empty(modes.TakeReset());
    }
}
