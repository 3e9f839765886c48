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
}
