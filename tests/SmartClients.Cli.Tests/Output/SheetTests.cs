using SmartClients.Cli.Output;
using Xunit;

namespace SmartClients.Cli.Tests.Output;

public class SheetTests
{
    [Fact]
    public void In_a_pipe_columns_are_aligned_and_nothing_else()
    {
        var sheet = new Sheet("name", "count", "state") { Words = ["state"] };
        sheet.Add("a", "5", "up");
        sheet.Add("longer", "12345678", "down");

        Assert.Equal(
            """
            name       count  state
            a              5  up
            longer  12345678  down

            """, sheet.Plain());
    }
}
