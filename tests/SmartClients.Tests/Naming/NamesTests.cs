using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class NamesTests
{
    [Fact]
    public void Opens_a_list_and_a_file()
    {
        Assert.IsType<StaticNames>(Names.Open("list:a:1"));
        Assert.IsType<FileNames>(Names.Open("file:members.json"));
        Assert.Equal("b:7", Assert.Single(Names.Open("list:b", 7).Immediate!.Endpoints).Address);
    }

    [Theory]
    [InlineData("quotes")]
    [InlineData("ftp:x")]
    [InlineData(":x")]
    [InlineData("LIST:a:1")]
    public void An_unknown_form_is_told_with_those_that_are_known(string name)
    {
        var error = Assert.Throws<FormatException>(() => Names.Open(name));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        foreach (var known in Names.Known) Assert.Contains(known + ":", error.Message, StringComparison.Ordinal);
        Assert.False(Names.IsName(name));
    }

    [Fact]
    public void Nothing_after_the_colon_is_told() =>
        Assert.Contains("after the colon", Assert.Throws<FormatException>(() => Names.Open("list:")).Message, StringComparison.Ordinal);

    [Fact]
    public void Known_forms_are_names()
    {
        Assert.Equal(Names.Known.Order(StringComparer.Ordinal), Names.Known);
        Assert.All(Names.Known, form => Assert.True(Names.IsName(form + ":x")));
    }
}
