using SmartClients.Terminals.Shells;
using Xunit;

namespace SmartClients.Terminals.Tests.Shells;

public class CarriedVariablesTests
{
    [Theory]
    [InlineData("EDITOR", true)]
    [InlineData("PATH", true)]
    [InlineData("LD_LIBRARY_PATH", true)]
    [InlineData("SSH_AUTH_SOCK", false)]
    [InlineData("XDG_RUNTIME_DIR", false)]
    [InlineData("DISPLAY", false)]
    [InlineData("LD_PRELOAD", false)]
    [InlineData("BASH_FUNC_x%%", false)]
    [InlineData("AWS_SECRET_ACCESS_KEY", false)]
    [InlineData("GITHUB_TOKEN", false)]
    [InlineData("PGPASSWORD", false)]
    [InlineData("my_api_key", false)]
    [InlineData("a b", false)]
    [InlineData("1A", false)]
    [InlineData("", false)]
    public void What_belongs_to_the_machine_and_credentials_stay_behind(string name, bool carried) =>
        Assert.Equal(carried, new CarriedVariables([]).Carries(name, "value"));

    [Fact]
    public void What_is_chosen_goes_along_whatever_it_is() =>
        Assert.True(new CarriedVariables(["GITHUB_TOKEN"]).Carries("GITHUB_TOKEN", "value"));

    [Fact]
    public void What_is_too_long_stays_behind() =>
        Assert.False(new CarriedVariables([]).Carries("TEXT", new string('x', CarriedVariables.MostValue + 1)));
}
