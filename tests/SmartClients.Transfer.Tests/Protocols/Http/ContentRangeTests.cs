using SmartClients.Transfer.Protocols.Http;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Http;

public class ContentRangeTests
{
    [Fact]
    public void Its_three_forms_are_read()
    {
        Assert.Equal(new ContentRange(0, 99, 1000), ContentRange.Parse("bytes 0-99/1000"));
        Assert.Equal(new ContentRange(5, 5, null), ContentRange.Parse("Bytes 5-5/*"));
        Assert.Equal(new ContentRange(null, null, 1000), ContentRange.Parse("bytes */1000"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes 0-99")]
    [InlineData("bytes 99-0/1000")]
    [InlineData("bytes 0-1000/1000")]
    [InlineData("bytes */*")]
    [InlineData("bytes -1-5/10")]
    [InlineData("bytes 0-99999999999999999999/*")]
    [InlineData("lines 0-99/1000")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => ContentRange.Parse(text));
}
