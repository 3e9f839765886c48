using Xunit;

namespace SmartClients.Cli.Tests.Shell;

public class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("resolve")]
    [InlineData("get")]
    [InlineData("agent")]
    [InlineData("directory")]
    [InlineData("publish")]
    [InlineData("search")]
    [InlineData("ssh")]
    [InlineData("telnet")]
    [InlineData("run")]
    [InlineData("demo")]
    [InlineData("simulate")]
    [InlineData("bench")]
    [InlineData("experiment")]
    [InlineData("experiment figure6")]
    [InlineData("experiment figure8")]
    [InlineData("key")]
    [InlineData("key new")]
    [InlineData("cert")]
    [InlineData("cert new")]
    [InlineData("cert sign")]
    [InlineData("cert show")]
    [InlineData("cert verify")]
    [InlineData("completion")]
    public async Task Every_command_has_help_with_examples(string command)
    {
        var smart = await Smart.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, smart.Exit);
        var examples = smart.Output.Split('\n').SkipWhile(line => line != "Examples:").Skip(1).TakeWhile(line => line.Length > 0).ToList();
        Assert.NotEmpty(examples);
        Assert.Contains(examples, line => line.Contains("smart " + command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c smart")]
    public async Task Each_shell_has_its_completion(string shell, string expected)
    {
        var smart = await Smart.RunAsync("completion", shell);

        Assert.Contains(expected, smart.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", smart.Output, StringComparison.Ordinal);
        Assert.Equal(0, smart.Exit);
    }

    [Fact]
    public async Task A_list_is_shown_as_it_is_written()
    {
        var smart = await Smart.RunAsync("experiment", "figure6", "--help");

        Assert.Contains("1,2,4", smart.Output, StringComparison.Ordinal);
        Assert.Contains("random,affinity,adaptive", smart.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.DoesNotContain("1|2|4", smart.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_says_what_could_come_next()
    {
        var smart = await Smart.RunAsync("[suggest:13]", "smart call --");

        var words = smart.Output.Split('\n');
        Assert.Contains("--policy", words);
        Assert.Contains("--json", words);
        Assert.DoesNotContain("--probe", words);
    }
}
