using System.Text.Json;
using SmartClients.Terminals.Tests.Servers;
using SmartClients.Testing;
using Xunit;
using static SmartClients.Terminals.Tests.Running.SmartRun;

namespace SmartClients.Terminals.Tests.Running;

/// <summary><c>smart run</c> against real sshds.</summary>
public class RunTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Input_output_errors_and_the_exit_code_pass_through()
    {
        await using var room = await MachineRoom.OpenAsync([0.3, 0.1], Cancel);

        Assert.Equal((3, "HELLO\nm2\n", "complaint\n"), await RunAsync(room, "hello\n", "--", "tr a-z A-Z; echo $MACHINE; echo complaint >&2; exit 3"));
        Assert.Equal((0, "a b|it's|$HOME|", ""), await RunAsync(room, null, "--", "printf", "%s|", "a b", "it's", "$HOME"));
        Assert.Equal((255, "", ""), await RunAsync(room, null, "--", "exit 255"));
        Assert.Equal(137, (await RunAsync(room, null, "--", "kill -9 $$")).Exit);
    }

    [Fact]
    public async Task What_the_configuration_says_for_a_terminal_of_the_users_own_is_not_obeyed()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        await File.AppendAllTextAsync(room.Configuration, "    RemoteCommand echo theirs\n    RequestTTY yes\n    StdinNull yes\n    ForkAfterAuthentication yes\n    SessionType none\n", Cancel);

        Assert.Equal((0, "HELLO m1\n", ""), await RunAsync(room, "hello\n", "--", "read word; echo HELLO $MACHINE"));
        using var seat = Seat.Ssh(room);
        Assert.Equal("m1", await seat.AskAsync("$MACHINE"));
    }

    [Fact]
    public async Task What_the_user_has_exported_there_reaches_the_command_and_nothing_of_ours_does()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel, settings: "ForceCommand k=1 c=2 w=3 e=4 smart_key=5 smart_line=6 sh -c \"$SSH_ORIGINAL_COMMAND\"");

        Assert.Equal((0, "1234\n", ""), await RunAsync(room, null, "--", "echo $k$c$w$e$smart_key$smart_line"));
    }

    [Fact]
    public async Task Large_input_and_output_pass_unchanged()
    {
        await using var room = await MachineRoom.OpenAsync([0], Cancel);
        var input = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i}\n"));

        Assert.Equal((0, input, ""), await RunAsync(room, input, "--", "cat"));
    }

    [Fact]
    public async Task Where_it_did_not_begin_another_machine_is_tried()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.9], Cancel);
        await room["m1"].Server.SignalAsync("KILL", Cancel);

        Assert.Equal((0, "m2\n", ""), await RunAsync(room, null, "--", "echo $MACHINE"));
    }

    [Fact]
    public async Task A_machine_without_an_agent_is_no_better_than_an_overloaded_one()
    {
        await using var room = await MachineRoom.OpenAsync([1.755, 0], Cancel);
        await room["m2"].Agent.DisposeAsync();

        for (var i = 0; i < 3; i++) Assert.Equal((0, "m1\n", ""), await RunAsync(room, null, "--load", "agent", "--", "echo $MACHINE"));
    }

    [Fact]
    public async Task What_may_have_run_is_not_run_again()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        await using var process = Start(room, "--", "sh", "-c", "echo begun >> \"$0\"; sleep 1000", Path.Combine(room.Shared, "count"));
        await BegunAsync(room);

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        Assert.Equal(1, await process.ExitAsync(Cancel));
        Assert.Contains("may have been carried out and is not repeatable", process.Errors, StringComparison.Ordinal);
        Assert.Equal("begun\n", await File.ReadAllTextAsync(Path.Combine(room.Shared, "count"), Cancel));
    }

    [Theory]
    [InlineData("sshd", "the connection ended")]
    [InlineData("ssh", "ssh was ended here, by signal 9")]
    public async Task A_loss_is_told_on_one_line_of_ours(string which, string why)
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        await using var process = Start(room, "--", $"echo $PPID > \"{room.Shared}/script\"; echo before >&2; sleep 1000");
        await Poll.UntilAsync(() => process.Errors == "before\n", Cancel);

        // sshd ends its connections in order when it is asked to end itself.
        using var kill = System.Diagnostics.Process.Start("sh", ["-c", which == "ssh"
            ? $"pkill -KILL -P {process.Id} ssh" : $"kill $(ps -o ppid= -p $(cat \"{room.Shared}/script\"))"]);

        Assert.Equal(1, await process.ExitAsync(Cancel));
        Assert.Matches($"^before\nsmart: [^\n]*{why}[^\n]*\n$", process.Errors);
    }

    [Fact]
    public async Task What_is_repeatable_is_run_again_with_its_input_and_only_the_last_output_is_seen()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        await using var process = Start(room, "--repeatable", "--json", "--",
            $"read word; echo $MACHINE $word; echo begun >> \"{room.Shared}/count\"; [ $MACHINE = m2 ] || sleep 1000");
        await process.InputAsync("word\n");
        await BegunAsync(room);

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        Assert.Equal(0, await process.ExitAsync(Cancel));
        var report = JsonDocument.Parse(process.Output).RootElement;
        Assert.Equal(("m2 word\n", 2, room["m2"].Address),
            (report.GetProperty("output").GetString(), report.GetProperty("attempts").GetInt32(), report.GetProperty("machine").GetString()));
        Assert.Equal("begun\nbegun\n", await File.ReadAllTextAsync(Path.Combine(room.Shared, "count"), Cancel));
    }

    [Fact]
    public async Task A_changed_host_key_stops_it()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        await room["m1"].Server.SignalAsync("KILL", Cancel);
        await room.AddAsync(0.1, Cancel, port: room["m1"].Server.Port, known: false);

        var (exit, output, errors) = await RunAsync(room, null, "--", "echo $MACHINE");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("HAS CHANGED", errors, StringComparison.Ordinal);
    }

    static async Task BegunAsync(MachineRoom room)
    {
        var count = Path.Combine(room.Shared, "count");
        await Poll.UntilAsync(() => File.Exists(count) && File.ReadAllText(count) == "begun\n", Cancel);
    }

    [Fact]
    public async Task Many_inputs_are_spread_in_order_and_no_machine_has_more_than_it_may()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2, 0.3], Cancel);
        // How many run at once on each machine, as seen from there.
        var script = $"cd \"{room.Shared}\"; touch $MACHINE.$$; echo $MACHINE.* | wc -w >> most-$MACHINE; sleep 0.2; rm $MACHINE.$$; echo in {{}} on $MACHINE";

        var (exit, output, errors) = await RunAsync(room, string.Concat(Enumerable.Range(1, 18).Select(i => $"it's {i}\n")), "--map", "--per-machine", "2", "--", script);

        Assert.Equal((0, ""), (exit, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(1, 18).Select(i => $"in it's {i} on "), lines.Select(line => line[..^2]));
        Assert.Equal(["m1", "m2", "m3"], lines.Select(line => line[^2..]).Distinct().Order());
        foreach (var name in (string[])["m1", "m2", "m3"])
            Assert.All(File.ReadAllLines(Path.Combine(room.Shared, "most-" + name)), most => Assert.InRange(int.Parse(most, System.Globalization.CultureInfo.InvariantCulture), 1, 2));
    }

    [Theory]
    [InlineData("printf '[%s]' {}")]
    [InlineData("printf '[%s]'")]
    [InlineData("printf \"[$SMART_INPUT]\"")]
    [InlineData("printf¦[%s]")]
    [InlineData("sh¦-c¦printf '[%s]' \"$SMART_INPUT\"")]
    public async Task An_input_arrives_as_it_is(string words)
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        string[] all = ["", "it's", "a\n\n", "$(echo x) `echo y` \"; echo z #", new string('é', 60_000)];

        Assert.Equal((0, string.Concat(all.Select(one => $"[{one}]")), ""), await RunAsync(room, string.Concat(all.Select(one => one + "\0")), ["--map", "-0", "--", .. words.Split('¦')]));
    }

    [Fact]
    public async Task A_machine_that_dies_costs_the_inputs_that_ran_there_unless_they_may_be_repeated()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        await using var process = Start(room, "--map", "--repeatable", "--json", "--",
            $"if [ $MACHINE = m1 ]; then echo begun >> \"{room.Shared}/count\"; sleep 1000; fi; echo {{}}");
        await process.InputAsync("1\n2\n3\n4\n");
        await BegunAsync(room);

        await room["m1"].Server.SignalAsync("KILL", Cancel);

        Assert.Equal(0, await process.ExitAsync(Cancel));
        var report = JsonDocument.Parse(process.Output).RootElement;
        Assert.Equal(4, report.GetProperty("succeeded").GetInt32());
        Assert.Equal(["1\n", "2\n", "3\n", "4\n"], report.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("output").GetString()));
        Assert.Equal([room["m2"].Address], report.GetProperty("machines").EnumerateArray().Select(machine => machine.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task Failed_inputs_are_named_and_the_exit_code_is_1_and_unordered_ones_come_as_they_are_done()
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);

        await using var process = Start(room, "--map", "--unordered", "--input", "slow", "--input", "bad", "--input", "good", "--",
            $"case {{}} in slow) until [ -e \"{room.Shared}/seen\" ]; do sleep 0.05; done ;; bad) exit 4 ;; esac; echo {{}}");

        await process.LineAsync("good", Cancel);
        await File.WriteAllTextAsync(Path.Combine(room.Shared, "seen"), "", Cancel);

        Assert.Equal(1, await process.ExitAsync(Cancel));
        Assert.Equal("good\nslow\n", process.Output);
        Assert.StartsWith("smart: bad: exit code 4 on 127.0.0.1:", Assert.Single(process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_joins_is_used()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        await using var process = Start(room, "--map", "--unordered", "--", $"until [ -e \"{room.Shared}/joined\" ]; do sleep 0.05; [ $MACHINE = m1 ] || touch \"{room.Shared}/joined\"; done; echo $MACHINE {{}}");
        await process.InputAsync("1\n2\n");

        await room.AddAsync(0.1, Cancel);

        Assert.Equal(0, await process.ExitAsync(Cancel));
        Assert.Contains(process.Output.Split('\n'), line => line.StartsWith("m2 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task While_standard_input_is_silent_one_interruption_ends_it(string signal)
    {
        await using var room = await MachineRoom.OpenAsync([0.1, 0.2], Cancel);
        await using var process = Start(room, "--map", "--", "echo on {}");
        await process.TypeAsync("one\n");
        await process.LineAsync("on one", Cancel);

        await process.SignalAsync(signal, Cancel);

        Assert.Equal(130, await process.ExitAsync(Cancel));
        Assert.Equal("", process.Errors);
    }

    [Fact]
    public async Task At_a_terminal_one_interruption_ends_it_as_well()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);
        using var seat = Seat.At("run", room.Name, "-F", room.Configuration, "--no-state", "--map", "--", "echo on {}");
        seat.Type("one\r");
        await seat.SeeAsync("\non one");

        seat.Type("\u0003");

        Assert.Equal(130, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task Inputs_before_one_that_cannot_be_read_are_done_and_it_is_named()
    {
        await using var room = await MachineRoom.OpenAsync([0.1], Cancel);

        var (exit, output, errors) = await RunAsync(room, "one\ntwo\n\0\n", "--map", "--unordered", "--", "echo on {}");

        Assert.Equal((2, "on one\non two\n"), (exit, output));
        Assert.StartsWith("smart: Input 3 has a zero byte", errors, StringComparison.Ordinal);
        Assert.Equal((0, "on a\nb\n", ""), await RunAsync(room, "a\nb\0", "--map", "-0", "--", "echo on {}"));
    }
}
