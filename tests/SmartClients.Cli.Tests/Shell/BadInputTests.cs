using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Shell;

public class BadInputTests
{
    [Theory]
    [InlineData("resolve|no_name", "'no_name' in 'no_name' is not a service's name")]
    [InlineData("resolve|telnet:a:1", "'telnet:a:1' is not a name")]
    [InlineData("resolve|list:", "says nothing after the colon")]
    [InlineData("resolve|list:,,", "names no endpoint")]
    [InlineData("resolve|list:a:0", "'0' in 'a:0' is not a port")]
    [InlineData("resolve|list:a:65536", "'65536' in 'a:65536' is not a port")]
    [InlineData("resolve|list:a:b", "'b' in 'a:b' is not a port")]
    [InlineData("resolve|list:a", "'a' has no port")]
    [InlineData("resolve|list:a b:1", "'a b'")]
    [InlineData("resolve|list:a:1*0", "not a weight")]
    [InlineData("resolve|", "The name is empty")]
    [InlineData("resolve|file:/no/such/members.json", "/no/such/members.json does not exist")]
    [InlineData("resolve|list:a:1|--timeout|never", "--timeout 'never' is not a time")]
    [InlineData("resolve", "name")]
    [InlineData("call|http://127.0.0.1:1/", "'http://127.0.0.1:1/' is not the address of a document")]
    [InlineData("call|list:a:99999/x", "'99999' in 'a:99999' is not a port")]
    [InlineData("call|list:a:1/|--policy|best", "'best'")]
    [InlineData("call|list:a:1/|--scheme|ftp", "'ftp'")]
    [InlineData("call|list:a:1/|--rate|10", "need --count")]
    [InlineData("call|list:a:1/|--count|0", "--count '0' is not a number from 1")]
    [InlineData("call|list:a:1/|--count|1.5", "--count '1.5' is not a whole number")]
    [InlineData("call|list:a:1/|--count|5|--rate|NaN", "--rate 'NaN' is not a number")]
    [InlineData("call|list:a:1/|--count|5|--rate|1e308", "--rate '1e308' is not a number")]
    [InlineData("call|list:a:1/|--hedge|--no-hedge", "exclude each other")]
    [InlineData("call|list:a:1/|-H|no colon", "'no colon' is not a header")]
    [InlineData("call|list:a:1/|-X|G E T", "'G E T' is not an HTTP method")]
    [InlineData("call|list:a:1/|-d|@/no/such/file", "'/no/such/file' of --data does not exist")]
    [InlineData("call|list:a:1/|-o|/no/such/folder/x", "'/no/such/folder/x' of --output cannot be written")]
    [InlineData("get|list:a:1", "'list:a:1' names no file: write list:a:1/path.")]
    [InlineData("get|list:a:1/x|list:b:1/x", "'list:a:1/x' is not the address of a file, and several names do not go together")]
    [InlineData("get|http://a:99999/x|ftp://b/x", "'http://a:99999/x' is not an address")]
    [InlineData("get|list:a:1/x|--sha256|12", "'12' is not a sha-256: 64 hexadecimal digits.")]
    [InlineData("get|list:a:1/x|--manifest|/no/such", "'/no/such' cannot be read")]
    [InlineData("get|list:a:1/x|--manifest|/etc/hostname", "/etc/hostname, line 1: write 64 hexadecimal digits")]
    [InlineData("get|list:a:1/x|-o|/no/such/folder/x", "'/no/such/folder/x' of --output cannot be written")]
    [InlineData("get|list:a:1/x|-o|-|--json", "-o - does not go with --json")]
    [InlineData("get|list:a:1/x|--parallel|0", "--parallel '0' is not a number from 1 to 64")]
    [InlineData("get|list:a:1/x|--scheme|gopher", "'gopher'")]
    [InlineData("agent|--listen|nowhere", "--listen 'nowhere'")]
    [InlineData("agent|--listen|127.0.0.1:70000", "--listen '127.0.0.1:70000'")]
    [InlineData("directory|--listen|127.0.0.1:0", "--data")]
    [InlineData("directory|--listen|127.0.0.1:0|--data|/tmp/x|--peer|nowhere", "--peer 'nowhere' is not the address of a directory")]
    [InlineData("directory|--listen|127.0.0.1:0|--data|/tmp/x|--peer|http://a/path", "'http://a/path' is not the address of a directory")]
    [InlineData("directory|--listen|127.0.0.1:0|--data|/tmp/x|--pull|never", "--pull 'never'")]
    [InlineData("search|quotes", "No directory is known: give --directory http://HOST:PORT, or set SMART_DIRECTORIES")]
    [InlineData("search|quotes|--directory|a:1", "'a:1'")]
    [InlineData("search|quotes|--directory|http://a/x", "'http://a/x' is not the address of a directory")]
    [InlineData("search|quotes|--limit|0", "--limit '0'")]
    [InlineData("search|", "There is nothing to search for")]
    [InlineData("search", "words")]
    [InlineData("publish|/no/such.json|--directory|http://a:1", "'/no/such.json' does not exist")]
    [InlineData("publish|/etc/hostname|--directory|http://a:1", "/etc/hostname is not JSON")]
    [InlineData("publish|x.json", "No directory is known: give --directory")]
    [InlineData("ssh|list:a|--policy|best", "'best'")]
    [InlineData("ssh|list:a|--load|guess", "'guess'")]
    [InlineData("ssh|list:a|--agent|nowhere at all", "--agent 'nowhere at all' is not a port")]
    [InlineData("ssh|list:a/path", "'/path' follows the name")]
    [InlineData("run|list:bob@[::1]:22|--|true", "'bob@[::1]:22' names a user, which a member cannot: say -l bob")]
    [InlineData("ssh|list:a,bob@b:22", "'bob@b:22' names a user, which a member cannot: say -l bob")]
    [InlineData("telnet|list:bob@b", "'bob@b' names a user, which a member cannot: leave him out")]
    [InlineData("ssh|list:a|-i|/no/such/key", "'/no/such/key' does not exist")]
    [InlineData("ssh|list:a|-o|Compression", "--option 'Compression' is not an option of ssh's")]
    [InlineData("ssh|list:a|--carry|a b", "--carry 'a b' is not the name of a variable")]
    [InlineData("ssh|list:a|--transcript|/no/such/folder/x", "'/no/such/folder/x' of --transcript cannot be written")]
    [InlineData("ssh|list:a", "Standard input and output are not a terminal: use smart run")]
    [InlineData("telnet|list:a|--alive|never", "--alive 'never'")]
    [InlineData("telnet|list:a", "not a terminal")]
    [InlineData("run|list:a", "command")]
    [InlineData("run|list:a|--per-machine|2|--|true", "--input, --null, --per-machine and --unordered need --map")]
    [InlineData("run|list:a|--map|--|echo '{}'", "'echo '{}'' has {} in quotes, a comment or the like, where it is not one word whatever the input is: write it bare")]
    [InlineData("run|list:a|--map|--|sh|-c|echo {}", "'sh -c echo {}' has {} where a shell would run what stands in the input: give it to that shell as an argument")]
    [InlineData("run|list:a|--map|--|sort >", "'sort >' has no place for the input at its end: write {} where it is to stand")]
    [InlineData("run|list:a|--|", "The command is empty")]
    [InlineData("bench", "scenario")]
    [InlineData("bench|nobody", "There is no file 'nobody'")]
    [InlineData("bench|s1-homogeneous|--peers|envoy", "--peers 'envoy' is nobody: ")]
    [InlineData("bench|s1-homogeneous|--peers|,", "--peers ',' leaves nobody to compare")]
    [InlineData("bench|s1-homogeneous|s1-homogeneous", "named twice")]
    [InlineData("bench|partition", "partition cannot be played")]
    [InlineData("bench|s1-homogeneous|--out|/etc/hostname", "of --out must be a folder")]
    [InlineData("bench|s1-homogeneous|--work|guess", "'guess'")]
    [InlineData("demo|--seconds|0", "--seconds '0'")]
    [InlineData("demo|--dir|/no/such/folder", "'/no/such/folder' of --dir is not a folder")]
    [InlineData("completion|csh", "'csh'")]
    [InlineData("dance", "'dance' is not known here")]
    [InlineData("resolve|list:a:1|--dance", "'--dance' is not known here")]
    public async Task Bad_input_gets_one_line_that_names_it_and_exit_code_2(string arguments, string expected)
    {
        var smart = await Smart.RunAsync(arguments.Split('|'));

        Assert.Contains(expected, smart.Problem, StringComparison.Ordinal);
        Assert.StartsWith("smart: ", smart.Problem, StringComparison.Ordinal);
        Assert.Empty(smart.Output);
        Assert.Equal(2, smart.Exit);
    }

    [Theory]
    [InlineData("{\"members\":[", "is not JSON")]
    [InlineData("[]", "has no \"members\" array")]
    [InlineData("{\"members\":[]}", "names no member")]
    [InlineData("{\"members\":[\"a:0\"]}", "member 1: '0' in 'a:0' is not a port")]
    [InlineData("{\"members\":[\"a:1\",{\"address\":\"b:2\",\"weight\":-1}]}", "member 2")]
    public async Task A_members_file_that_is_wrong_is_named_with_its_fault(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("members.json", text);

        foreach (var command in (string[][])[["resolve", "file:" + file], ["call", $"file:{file}/x"], ["call", $"file:{file}/x", "--count", "3"]])
        {
            var smart = await Smart.RunAsync(command);
            Assert.Contains(expected, smart.Problem, StringComparison.Ordinal);
            Assert.Contains(file, smart.Problem, StringComparison.Ordinal);
            Assert.Equal(2, smart.Exit);
        }
    }
}
