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
    [InlineData("wc -l", "wc -l ~")]
    [InlineData("cd \"$HOME\"; LANG=C; wc -l $(cat list) 2>&1\n", "cd \"$HOME\"; LANG=C; wc -l $(cat list) 2>&1 ~")]
    [InlineData("wc < {}", "wc < ~")]
    [InlineData("cat <<< {}", "cat <<< ~")]
    [InlineData("echo {} {}.old; wc < {} >> x", "echo ~ ~.old; wc < ~ >> x")]
    [InlineData("true # it's\necho {}", "true # it's\necho ~")]
    [InlineData("echo `date` {}", "echo `date` ~")]
    [InlineData("echo \"a 'b'\" 'c \"d' {} \"it's {not one\"", "echo \"a 'b'\" 'c \"d' ~ \"it's {not one\"")]
    [InlineData("cd \"$HOME/${X}/$(pwd)\" && expr $(cat {}) \\* 2 '# {'", "cd \"$HOME/${X}/$(pwd)\" && expr $(cat ~) \\* 2 '# {'")]
    [InlineData("echo \"got $SMART_INPUT\"", "echo \"got $SMART_INPUT\"")]
    [InlineData("sh -c 'echo \"$1\"' - {}", "sh -c 'echo \"$1\"' - ~")]
    [InlineData("wc¦-l", "'wc' '-l' ~")]
    [InlineData("cp¦{}¦{}.old", "'cp' ~ ~'.old'")]
    [InlineData("sh¦-c¦echo \"$1\"¦-¦{}", "'sh' '-c' 'echo \"$1\"' '-' ~")]
    [InlineData("sh¦-c¦echo \"$SMART_INPUT\"", "'sh' '-c' 'echo \"$SMART_INPUT\"'")]
    [InlineData("tar¦-c¦{}", "'tar' '-c' ~")]
    [InlineData("sh¦script¦-c¦{}¦", "'sh' 'script' '-c' ~ ''")]
    public void An_input_is_a_variable_in_its_place_or_at_the_end(string words, string expected) =>
        Assert.Equal(expected.Replace("~", "\"$SMART_INPUT\"", StringComparison.Ordinal), CommandLine.ForEach(words.Split('¦')));

    [Theory]
    [InlineData("echo \"{}\"")]
    [InlineData("echo '{}'")]
    [InlineData("echo \"$(echo \"{}\")\"")]
    [InlineData("echo \"$(echo \"a\")\" {}")]
    [InlineData("echo \"${X:-\"{}\"}\"")]
    [InlineData("echo `echo {}`")]
    [InlineData("echo $'it\\'s {}")]
    [InlineData("cat <<E\n{}\nE\n")]
    [InlineData("true # it's\necho '{}")]
    [InlineData("cd /tmp;# don't stop\necho 'got {}'")]
    [InlineData("echo $(# it's\necho '{}')")]
    [InlineData("echo 1 # {}")]
    [InlineData("echo \\{}")]
    public void A_place_that_is_not_surely_bare_is_refused(string line) => Refused("write it bare", line);

    [Theory]
    [InlineData("sort |")]
    [InlineData("make;")]
    [InlineData("cd /tmp &&\n")]
    [InlineData("cd /tmp; LANG=C")]
    [InlineData("cd /tmp; > log")]
    [InlineData("if true; then")]
    [InlineData("for x in 1 2; do echo $x; done")]
    [InlineData("(cd /tmp; ls)")]
    [InlineData("echo 1 # one")]
    [InlineData("echo 'it")]
    [InlineData("sort >")]
    [InlineData("cat <<E\nx\nE")]
    public void An_end_that_might_begin_a_command_or_be_no_place_at_all_is_refused(string line) => Refused("write {} where it is to stand", line);

    [Theory]
    [InlineData("echo $(({} + 1))")]
    [InlineData("echo $[{}]")]
    [InlineData("((x = {}))")]
    [InlineData("a[{}]=1")]
    [InlineData("[[ 1 -lt {} ]]")]
    [InlineData("let x={}")]
    [InlineData("cd /tmp; eval echo {}")]
    [InlineData("eval")]
    [InlineData("exec /bin/sh -ec {}")]
    [InlineData("sh -c")]
    [InlineData("sh¦-c")]
    [InlineData("sh¦-c¦echo {}")]
    [InlineData("env¦X=1¦/usr/bin/bash¦-o¦pipefail¦-ec¦echo {}")]
    [InlineData("bash¦-c¦-e¦echo {}")]
    [InlineData("fish¦--command=echo {}")]
    [InlineData("fish¦-C¦echo {}")]
    public void Where_a_shell_would_run_or_calculate_it_it_is_refused(string words) => Refused("as in sh -c 'echo \"$1\"' - {}", words);

    static void Refused(string remedy, string words) =>
        Assert.Contains(remedy, Assert.Throws<FormatException>(() => CommandLine.ForEach(words.Split('¦'))).Message, StringComparison.Ordinal);
}
