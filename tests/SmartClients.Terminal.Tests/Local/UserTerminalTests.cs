using SmartClients.Terminals.Tests.Servers;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Terminals.Tests.Local;

/// <summary>However the program ends, its terminal is as it was.</summary>
public class UserTerminalTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(15)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_signal_ends_it_and_the_terminal_is_as_it_was(int signal)
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        using var seat = Seat.Ssh(room);
        Assert.Equal("m1", await seat.AskAsync("$MACHINE"));
        Assert.NotEqual(seat.Before, seat.Now);
        // A program that has the mouse, and the second screen.
        seat.Type("printf '\\033[?1049h\\033[?1002h\\033[?25l'; echo cha\"\"nged\r");
        await seat.SeeAsync("changed");

        seat.Process.Signal(signal);

        Assert.NotEqual(0, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
        foreach (var undone in (string[])["\e[?1049l", "\e[?1002l", "\e[?25h"]) Assert.Contains(undone, seat.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tilde_and_dot_leave()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /");

        seat.Type("~.");

        Assert.Equal(130, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task Tilde_and_dot_leave_while_no_machine_is_there()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /");
        await room["m1"].Server.SignalAsync("KILL", Cancel);
        await seat.SeeAsync("is gone");

        seat.Type("\r~.");

        Assert.Equal(130, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task Nobody_there_is_told_and_the_terminal_is_as_it_was()
    {
        using var seat = Seat.At("ssh", $"list:127.0.0.1:{FreePort.Find()},127.0.0.1:{FreePort.Find()}", "--load", "none", "-o", "BatchMode=yes");

        Assert.Equal(1, await seat.ExitAsync());
        Assert.Contains("Connection refused", seat.Shown, StringComparison.Ordinal);
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task A_question_of_sshs_reaches_the_user_and_the_answer_reaches_ssh()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        File.Delete(room.KnownHosts);
        using (var seat = Seat.Ssh(room, "-o", "StrictHostKeyChecking=ask"))
        {
            await seat.SeeAsync("Are you sure you want to continue connecting");
            seat.Type("no\r");
            Assert.Equal(1, await seat.ExitAsync());
            Assert.Contains("could not be verified", seat.Shown, StringComparison.Ordinal);
            Assert.Equal(seat.Before, seat.Now);
        }
        using var second = Seat.Ssh(room, "-o", "StrictHostKeyChecking=ask");
        await second.SeeAsync("Are you sure you want to continue connecting");
        second.Type("yes\r");
        await second.SeeAsync("> ");
        Assert.Equal("m1", await second.AskAsync("$MACHINE"));
    }

    [Fact]
    public async Task Control_C_at_a_question_leaves()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        File.Delete(room.KnownHosts);
        using var seat = Seat.Ssh(room, "-o", "StrictHostKeyChecking=ask");
        await seat.SeeAsync("Are you sure you want to continue connecting");

        seat.Type("\u0003");

        Assert.Equal(130, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }
}
