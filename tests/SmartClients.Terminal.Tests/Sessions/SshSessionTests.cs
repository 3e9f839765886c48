using SmartClients.Terminals.Local;
using SmartClients.Terminals.Tests.Servers;
using Xunit;

namespace SmartClients.Terminals.Tests.Sessions;

/// <summary>The program on a real pseudo-terminal against real sshds.</summary>
public class SshSessionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static void Tell(string what, long since) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms");

    [Theory]
    [InlineData("/bin/bash")]
    [InlineData("/bin/zsh")]
    [InlineData("/bin/sh")]
    public async Task A_machine_dies_and_the_prompt_is_back_elsewhere_with_directory_and_variables(string shell)
    {
        await using var room = await MachineRoom.OpenAsync([0.2, 0.1, 0.3], Cancel, shell);
        using var seat = Seat.Ssh(room);
        await seat.SeeAsync("> ");
        Assert.Equal("m2", await seat.AskAsync("$MACHINE"));
        await seat.DoAsync($"cd \"{room.Shared}\"; export PLACE=\"a b'c\" SMALL=1 API_TOKEN=secret; unset SMALL; echo ran >> count");

        var since = TimeProvider.System.GetTimestamp();
        await room["m2"].Server.SignalAsync("KILL", Cancel);
        await seat.SeeAsync("No command is run again.");
        await seat.SeeAsync("> ");
        Tell("the prompt is back after SIGKILL", since);

        Assert.Equal($"m1,{room.Shared},a b'c,,", await seat.AskAsync("$MACHINE,$PWD,$PLACE,$SMALL,$API_TOKEN"));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Path.Combine(room.Shared, "count"), Cancel));
        Assert.Contains($"smart: {room["m2"].Address} is gone", seat.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("closed by remote host.\n", seat.Shown, StringComparison.Ordinal);

        // And once more: what was carried is carried on.
        await room["m1"].Server.SignalAsync("KILL", Cancel);
        await seat.SeeAsync("No command is run again.");
        Assert.Equal($"m3,{room.Shared},a b'c", await seat.AskAsync("$MACHINE,$PWD,$PLACE"));
        seat.Type("exit 7\r");
        Assert.Equal(7, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task A_frozen_machine_is_left_while_its_command_runs_and_the_command_is_not_run_again()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync($"cd \"{room.Shared}\"");
        seat.Type("echo begun >> count; sleep 1000\r");
        await File_has(Path.Combine(room.Shared, "count"), "begun\n");

        var since = TimeProvider.System.GetTimestamp();
        await room["m1"].Server.SignalAsync("STOP", Cancel);
        await seat.SeeAsync("No command is run again.");
        await seat.SeeAsync("> ");
        Tell("the prompt is back after SIGSTOP, nothing typed", since);

        Assert.Equal($"m2,{room.Shared}", await seat.AskAsync("$MACHINE,$PWD"));
        Assert.Equal("begun\n", await File.ReadAllTextAsync(Path.Combine(room.Shared, "count"), Cancel));
        seat.Type("\u0004");
        Assert.Equal(0, await seat.ExitAsync());
    }

    [Fact]
    public async Task Somebody_who_types_at_a_frozen_machine_is_taken_elsewhere_sooner()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        using var seat = Seat.Ssh(room, "--alive", "60s");
        await seat.DoAsync("cd /");

        var since = TimeProvider.System.GetTimestamp();
        await room["m1"].Server.SignalAsync("STOP", Cancel);
        seat.Type("x");
        // The connection itself would not notice for three minutes.
        Assert.Contains("it does not answer", await seat.SeeAsync("No command is run again."), StringComparison.Ordinal);
        Tell("the prompt is back after SIGSTOP, typing", since);

        Assert.Equal("m2", await seat.AskAsync("$MACHINE"));
    }

    [Fact]
    public async Task A_session_whose_process_dies_is_reopened_on_the_same_machine_though_another_is_better()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /tmp; export WORD=kept");
        (room["m1"].Agent.Load, room["m2"].Agent.Load) = (0.9, 0);

        // The server of this one session.
        var session = await seat.AskAsync("$(ps -o ppid= -p $(ps -o ppid= -p $$) | tr -d \" \")");
        using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", session]);

        await seat.SeeAsync("back on it, in /tmp. No command is run again.");
        Assert.Equal("m1,/tmp,kept", await seat.AskAsync("$MACHINE,$PWD,$WORD"));
    }

    [Fact]
    public async Task It_waits_until_a_machine_is_there_again()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /tmp");
        await room["m1"].Server.SignalAsync("KILL", Cancel);
        await seat.SeeAsync("is gone");

        await room.AddAsync(0.1, Cancel);

        await seat.SeeAsync("No command is run again.");
        Assert.Equal("m2,/tmp", await seat.AskAsync("$MACHINE,$PWD"));
    }

    [Fact]
    public async Task A_changed_host_key_stops_everything()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2, 0.3], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /tmp");
        // Somebody else answers at the second machine's address.
        await room["m2"].Server.SignalAsync("KILL", Cancel);
        await room.AddAsync(0.2, Cancel, port: room["m2"].Server.Port, known: false);

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        Assert.Equal(1, await seat.ExitAsync());
        Assert.Contains($"THE HOST KEY OF {room["m2"].Address} HAS CHANGED", seat.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("now on", seat.Shown, StringComparison.Ordinal);
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task The_least_loaded_of_four_with_agents_is_picked_and_so_is_one_that_joins()
    {
        await using var room = await MachineRoom.OpenAsync([0.5, 0.4, 0.1, 0.6], Cancel, realAgents: true);
        using (var seat = Seat.Ssh(room)) Assert.Equal("m3", await seat.AskAsync("$MACHINE"));
        await room["m3"].Real!.BecomeAsync(0.9, Cancel);
        await room["m4"].Real!.BecomeAsync(0.05, Cancel);
        using var second = Seat.Ssh(room);
        Assert.Equal("m4", await second.AskAsync("$MACHINE"));

        // A machine that joins while the session is open, and is the best: it is known when its file was looked at again.
        await room.AddAsync(0, Cancel, realAgent: true);
        for (var here = "m4"; here != "m5"; here = await second.AskAsync("$MACHINE"))
        {
            await room[here].Server.SignalAsync("KILL", Cancel);
            await second.SeeAsync("No command is run again.");
        }
    }

    [Fact]
    public async Task Machines_without_an_agent_are_asked_by_ssh()
    {
        await using var room = await MachineRoom.OpenAsync([0, 0], Cancel);

        using var seat = Seat.Ssh(room, "--load", "ssh", "-v");

        await seat.SeeAsync("report of");
        Assert.StartsWith("m", await seat.AskAsync("$MACHINE"), StringComparison.Ordinal);
        Assert.All(room.Machines, machine => Assert.Equal(0, machine.Agent.Questions));
    }

    [Fact]
    public async Task The_window_size_reaches_the_shell_and_so_does_a_change_of_it()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        using var seat = Seat.Ssh(room);

        Assert.Equal("30 100", await seat.AskAsync("$(stty size)"));
        seat.Process.Terminal.Resize(new WindowSize(50, 132));
        while (await seat.AskAsync("$(stty size)") != "50 132") Cancel.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Letters_beyond_ASCII_pass_both_ways()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        using var seat = Seat.Ssh(room);

        Assert.Equal("Zürich 東京", await seat.AskAsync("Zürich 東京"));
    }

    [Fact]
    public async Task Output_that_looks_like_our_marks_is_shown_and_not_believed()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        using var seat = Seat.Ssh(room);
        await seat.DoAsync("cd /tmp");
        // A directory, and a whole environment, from a file that somebody is made to look at.
        await seat.DoAsync(@"printf '\033]7770;0123456789abcdef0123456789abcdef;dir;L2V0Yw==\007\033]7770;x;env;RVZJTD0xAA==\007\n'");

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        await seat.SeeAsync("now on");
        Assert.Equal("m2,/tmp,", await seat.AskAsync("$MACHINE,$PWD,$EVIL"));
    }

    [Fact]
    public async Task A_variable_that_looks_like_a_credential_goes_along_when_it_is_chosen()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        using var seat = Seat.Ssh(room, "--carry", "API_TOKEN");
        await seat.DoAsync("export API_TOKEN=one OTHER_TOKEN=two");

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        await seat.SeeAsync("now on");
        Assert.Equal("one,", await seat.AskAsync("$API_TOKEN,$OTHER_TOKEN"));
    }

    [Fact]
    public async Task The_transcript_holds_what_was_shown()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        var file = Path.Combine(room.Shared, "transcript");
        using var seat = Seat.Ssh(room, "--transcript", file);
        await seat.DoAsync("echo three $((1+2))");
        seat.Type("exit\r");
        Assert.Equal(0, await seat.ExitAsync());

        var kept = await File.ReadAllTextAsync(file, Cancel);
        Assert.Contains("three 3", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("7770", kept, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    static async Task File_has(string path, string text) =>
        await Testing.Poll.UntilAsync(() => File.Exists(path) && File.ReadAllText(path) == text, Cancel);
}
