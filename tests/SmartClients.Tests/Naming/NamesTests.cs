using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class NamesTests
{
    [Fact]
    public void Opens_a_list_and_a_file()
    {
        Assert.IsType<StaticNames>(Names.Core.Open("list:a:1"));
        Assert.IsType<FileNames>(Names.Core.Open("file:members.json"));
        Assert.Equal("b:7", Assert.Single(Names.Core.Open("list:b", 7).Immediate!.Endpoints).Address);
    }

    [Theory]
    [InlineData("quotes")]
    [InlineData("service://quotes")]
    [InlineData("ftp:x")]
    public void A_form_that_is_not_in_the_table_is_told_with_those_that_are(string name)
    {
        var error = Assert.Throws<FormatException>(() => Names.Core.Open(name));
        Assert.Contains($"'{ServiceName.Parse(name)}'", error.Message, StringComparison.Ordinal);
        foreach (var known in Names.Core.Forms) Assert.Contains(known + ":", error.Message, StringComparison.Ordinal);
        Assert.False(Names.Core.Opens(ServiceName.Parse(name).Form));
    }

    [Fact]
    public void A_path_after_the_name_is_refused() =>
        Assert.Contains("'/x'", Assert.Throws<FormatException>(() => Names.Core.Open("list:a:1/x")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_form_can_be_added_and_the_table_before_stays_as_it_was()
    {
        var more = Names.Core.With("mine", (name, _) => new StaticNames(new Endpoint(name.Value, 1)));
        Assert.Equal("h:1", more.Open("mine:h").Immediate!.Endpoints[0].Address);
        Assert.Equal(["file", "list", "mine"], more.Forms);
        Assert.Equal(["file", "list"], Names.Core.Forms);
    }
}
