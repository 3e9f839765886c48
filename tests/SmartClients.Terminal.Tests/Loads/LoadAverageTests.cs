using SmartClients.Terminals.Loads;
using Xunit;

namespace SmartClients.Terminals.Tests.Loads;

public class LoadAverageTests
{
    [Theory]
    [InlineData("0.80 0.18 0.12 1/80 11206\n4\n", 0.2)]
    [InlineData("12.00 9.18 1.12 1/80 11206\n", 12)]
    [InlineData(" 14:05:12 up 10 days,  3 users,  load average: 1.50, 0.18, 0.12\n2\n", 0.75)]
    [InlineData("14:05  up 1 day, 2 users, load averages: 3,00 2,18 2,12\n8\n", 0.375)]
    public void Both_forms_are_read_for_each_processor(string text, double expected) =>
        Assert.Equal(expected, LoadAverage.Read(text)!.CpuUtilization!.Value, 6);

    [Theory]
    [InlineData("")]
    [InlineData("Permission denied")]
    [InlineData("-1.0 0.1 0.2 ")]
    [InlineData("load average: many")]
    public void Anything_else_is_no_report(string text) => Assert.Null(LoadAverage.Read(text));
}
