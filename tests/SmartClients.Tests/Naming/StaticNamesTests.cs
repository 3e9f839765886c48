using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class StaticNamesTests
{
    [Fact]
    public void Reads_addresses_weights_and_the_default_port()
    {
        var set = StaticNames.Parse("a:1, b*2.5 ,[::1]:3*0.5", 99).Immediate;
        Assert.Equal(["a:1", "b:99", "[::1]:3"], set.Endpoints.Select(e => e.Address));
        Assert.Equal([1, 2.5, 0.5], set.Endpoints.Select(e => e.Weight));
        Assert.Equal("list", set.Source);
    }

    [Theory]
    [InlineData("", "names no endpoint")]
    [InlineData(" , ", "names no endpoint")]
    [InlineData("a", "no port")]
    [InlineData("a:1,b:x", "'x' in 'b:x'")]
    [InlineData("a:1*zero", "'zero' in 'a:1*zero' is not a weight")]
    [InlineData("a:1*0", "not a weight")]
    [InlineData("a:1*NaN", "not a weight")]
    [InlineData("a:1*1e308", "not a weight")]
    public void Says_what_is_wrong(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => StaticNames.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_of_nobody_is_refused() => Assert.Throws<ArgumentException>(() => new StaticNames());

    [Fact]
    public async Task Yields_its_one_set_and_ends()
    {
        var names = new StaticNames(new Endpoint("a", 1));
        var seen = 0;
        await foreach (var set in names.WatchAsync(TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.Same(names.Immediate, set);
            seen++;
        }
        Assert.Equal(1, seen);
    }
}
