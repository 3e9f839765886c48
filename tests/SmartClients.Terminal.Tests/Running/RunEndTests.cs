using SmartClients.Terminals.Tests.Servers;
using SmartClients.Testing;
using Xunit;
using static SmartClients.Terminals.Tests.Running.SmartRun;

namespace SmartClients.Terminals.Tests.Running;

/// <summary>What is left on the machines when <c>smart run</c> ends.</summary>
public class RunEndTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task What_runs_there_ends_when_it_is_interrupted_here(string signal)
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        // The second one cannot be asked to.
        await using var process = Start(room, "--", $"cd \"{room.Shared}\"; sleep 1000 & echo $! > first; sh -c 'trap \"\" TERM; echo $$ > second; while :; do sleep 0.1; done' & wait");
        int[] ids = [await NumberAsync(room, "first"), await NumberAsync(room, "second")];
        Assert.All(ids, id => Assert.True(Directory.Exists($"/proc/{id}")));

        await process.SignalAsync(signal, Cancel);

        await process.ExitAsync(Cancel);
        await Poll.UntilAsync(() => ids.All(HasEnded), Cancel);
    }

    [Fact]
    public async Task What_a_command_leaves_behind_when_it_ends_by_itself_goes_on_and_errors_are_its_own()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);

        Assert.Equal((0, "", "a\nb\n"), await RunAsync(room, null, "--", $"echo a >&2; sleep 1000 < /dev/null > /dev/null 2>&1 & echo $! > \"{room.Shared}/left\"; sleep 2.5; echo b >&2"));

        var left = await NumberAsync(room, "left");
        Assert.False(HasEnded(left));
        using var kill = System.Diagnostics.Process.Start("kill", [left.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ForceCommand sh -c \"$SSH_ORIGINAL_COMMAND\"; exit $?")]
    public async Task Groups_of_their_own_end_as_well(string setting)
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel, settings: setting);
        await using var process = Start(room, "--",
            $"cd \"{room.Shared}\"; timeout 1000 sh -c 'echo $$ > first; exec sleep 1000' & set -m; sh -c 'echo $$ > second; exec sleep 1000' & sleep 1000");
        int[] ids = [await NumberAsync(room, "first"), await NumberAsync(room, "second")];

        await process.SignalAsync("INT", Cancel);

        await process.ExitAsync(Cancel);
        await Poll.UntilAsync(() => ids.All(HasEnded), Cancel);
    }
}
