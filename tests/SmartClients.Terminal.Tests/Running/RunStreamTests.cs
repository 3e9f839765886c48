using SmartClients.Terminals.Tests.Servers;
using Xunit;
using static SmartClients.Terminals.Tests.Running.SmartRun;

namespace SmartClients.Terminals.Tests.Running;

/// <summary><c>smart run</c> in pipelines whose other ends have gone, or never were.</summary>
public class RunStreamTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"$@\" | head -1", "while :; do echo on; sleep 0.1; done")]
    [InlineData("\"$@\" | head -1", "yes on")]
    [InlineData("\"$@\" 2>&1 >/dev/null | head -1", "yes on >&2")]
    [InlineData("yes on 2>/dev/null | \"$@\" --map -- echo | head -1", "")]
    public async Task Where_nobody_reads_any_longer_it_ends_quietly(string line, string command)
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        var index = line.StartsWith("yes", StringComparison.Ordinal) ? 1 : 0;

        Assert.Equal((0, "on\n141\n", ""), await InLineAsync(room, $"{line}; echo ${{PIPESTATUS[{index}]}}", command.Length == 0 ? [] : ["--", command]));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("echo on")]
    public async Task Where_there_is_no_room_for_its_output_a_line_says_so(string command)
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);

        Assert.Equal((1, "", "smart: The command's output cannot be written here: No space left on device\n"), await InLineAsync(room, "\"$@\" > /dev/full", "--", command));
    }

    [Fact]
    public async Task Input_that_is_closed_is_empty_and_one_that_cannot_be_read_is_named()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);

        Assert.Equal((3, "", ""), await InLineAsync(room, "\"$@\" <&-", "--", "cat; exit 3"));
        Assert.Equal((0, "", ""), await InLineAsync(room, "\"$@\" <&-", "--map", "--", "echo"));
        Assert.Equal((1, "", "smart: The command's input cannot be read here: Is a directory\n"), await InLineAsync(room, "\"$@\" < /", "--", "cat; exit 3"));
    }
}
