using SmartClients.Cli.Chatting;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class ViewLineTests
{
    [Fact]
    public void A_line_is_broken_once_for_a_width()
    {
        var line = new ViewLine("a line that is wider than twenty cells", null);
        var rows = line.Rows(20);
        Assert.Same(rows, line.Rows(20));
        Assert.NotEqual(rows, line.Rows(30));
    }
}
