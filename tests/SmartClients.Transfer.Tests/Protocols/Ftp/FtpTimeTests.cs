using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class FtpTimeTests
{
    [Fact]
    public void Times_are_read_with_their_fractions()
    {
        var time = new DateTimeOffset(2026, 11, 24, 7, 15, 0, TimeSpan.Zero);
        Assert.Equal(time, FtpTime.Parse("20261124071500"));
        Assert.Equal(time.AddMilliseconds(250), FtpTime.Parse(" 20261124071500.25 "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20261324071500")]
    [InlineData("2026112407150")]
    [InlineData("20261124071500.")]
    [InlineData("20261124071500.1e9")]
    [InlineData("20261124071500.1234567890")]
    public void Anything_else_is_none(string text) => Assert.Null(FtpTime.Parse(text));
}
