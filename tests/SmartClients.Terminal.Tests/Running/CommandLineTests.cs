using SmartClients.Terminals.Running;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

public class CommandLineTests
{
    [Theory]
    [InlineData("ls | wc -l", "ls | wc -l")]
    [InlineData("ls¦a b¦it's", "'ls' 'a b' 'it'\\''s'")]
    public void One_word_is_a_line_and_several_are_passed_as_they_are(string words, string expected) => Assert.Equal(expected, CommandLine.Of(words.Split('¦')));

    [Theory]
    [InlineData("wc -l", "wc -l 'a b'")]
    [InlineData("wc < {}", "wc < 'a b'")]
    [InlineData("wc¦-l", "'wc' '-l' 'a b'")]
    [InlineData("cp¦{}¦{}.old", "'cp' 'a b' 'a b.old'")]
    public void An_input_stands_in_its_place_or_at_the_end(string words, string expected) => Assert.Equal(expected, CommandLine.Of(words.Split('¦'), "a b"));

    [Theory]
    [InlineData("echo {} {}.old; wc < {} >> x")]
    [InlineData("echo \"a 'b'\" 'c \"d' {} \"it's {not one\"")]
    [InlineData("cd \"$HOME/${X}/$(pwd)\" && expr $(cat {}) \\* 2 '# {'")]
    public void A_bare_place_is_a_word_whatever_the_input(string line)
    {
        CommandLine.Check([line]);

        Assert.Equal(line.Replace("{}", "'$(x)'", StringComparison.Ordinal), CommandLine.Of([line], "$(x)"));
    }

    [Theory]
    [InlineData("echo \"{}\"")]
    [InlineData("echo '{}'")]
    [InlineData("sh -c 'echo {}'")]
    [InlineData("echo \"$(echo \"{}\")\"")]
    [InlineData("echo \"$(echo \"a\")\" {}")]
    [InlineData("echo \"${X:-\"{}\"}\"")]
    [InlineData("echo `echo {}`")]
    [InlineData("echo $'it\\'s {}")]
    [InlineData("echo $(({} + 1))")]
    [InlineData("cat <<E\n{}\nE\n")]
    [InlineData("true # it's\necho '{}")]
    [InlineData("echo \\{}")]
    public void A_place_that_an_input_could_break_out_of_is_refused(string line)
    {
        Assert.Contains("write {} bare", Assert.Throws<FormatException>(() => CommandLine.Check([line])).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => CommandLine.Of([line], "x"));
    }

    [Fact]
    public void An_input_is_one_word_in_fish_as_well() => Assert.Equal("wc 'a'\\\\'b'\\''c'", CommandLine.Of(["wc {}"], "a\\b'c"));
}
