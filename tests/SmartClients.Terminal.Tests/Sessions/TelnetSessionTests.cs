using SmartClients.Terminals.Tests.Servers;
using Xunit;

namespace SmartClients.Terminals.Tests.Sessions;

/// <summary>The program on a real pseudo-terminal against real telnetds.</summary>
public class TelnetSessionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static void Tell(string what, long since) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:0} ms");

    // The first of two whose load nobody tells is as good as the second: which one it is, the shell says.
    static Seat At(TelnetMachine one, TelnetMachine two, params IEnumerable<string> more) =>
        Seat.At(["telnet", $"list:{one.Address},{two.Address}", "--load", "none", "--no-state", .. more]);

    [Theory]
    [InlineData("/bin/bash --norc")]
    [InlineData("/bin/sh")]
    public async Task A_machine_dies_and_with_integration_the_prompt_is_back_with_directory_and_variables(string shell)
    {
        await using var one = await TelnetMachine.StartAsync("m1", Cancel, shell);
        await using var two = await TelnetMachine.StartAsync("m2", Cancel, shell);
        using var folder = new Testing.TemporaryFolder();
        using var seat = At(one, two, "--integrate");
        await seat.SeeAsync("clear text");
        await TaughtAsync(seat);
        var first = await seat.AskAsync("$MACHINE");
        await seat.DoAsync($"cd {folder.Path}; export PLACE=\"a b'c\"; echo ran >> count");

        var since = TimeProvider.System.GetTimestamp();
        await (first == "m1" ? one : two).SignalAsync("KILL", Cancel);
        await seat.SeeAsync("No command is run again.");
        await TaughtAsync(seat);
        Tell("the prompt is back after SIGKILL, taught", since);

        Assert.Equal($"{(first == "m1" ? "m2" : "m1")},{folder.Path},a b'c", await seat.AskAsync("$MACHINE,$PWD,$PLACE"));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Path.Combine(folder.Path, "count"), Cancel));

        seat.Type("exit 7\r");

        Assert.Equal(7, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task A_frozen_machine_is_found_though_its_system_still_takes_what_is_sent()
    {
        await using var one = await TelnetMachine.StartAsync("m1", Cancel);
        await using var two = await TelnetMachine.StartAsync("m2", Cancel);
        using var seat = At(one, two);
        await seat.SeeAsync("> ");
        var first = await seat.AskAsync("$MACHINE");

        var since = TimeProvider.System.GetTimestamp();
        await (first == "m1" ? one : two).SignalAsync("STOP", Cancel);
        await seat.SeeAsync("No command is run again.");
        await seat.SeeAsync("> ");
        Tell("the prompt is back after SIGSTOP", since);

        Assert.NotEqual(first, await seat.AskAsync("$MACHINE"));
    }

    [Fact]
    public async Task Without_integration_nothing_is_typed_and_a_directory_that_was_told_is_told_again()
    {
        await using var one = await TelnetMachine.StartAsync("m1", Cancel);
        await using var two = await TelnetMachine.StartAsync("m2", Cancel);
        using var seat = At(one, two);
        await seat.SeeAsync("> ");
        var first = await seat.AskAsync("$MACHINE");
        await seat.DoAsync(@"printf '\033]7;file://host/var/tmp\007\n'");

        await (first == "m1" ? one : two).SignalAsync("KILL", Cancel);

        Assert.Contains("in /var/tmp before", await seat.SeeAsync("No command is run again."), StringComparison.Ordinal);
        Assert.NotEqual(first, await seat.AskAsync("$MACHINE"));
    }

    [Fact]
    public async Task A_logout_is_the_end_and_the_window_size_and_letters_pass()
    {
        await using var one = await TelnetMachine.StartAsync("m1", Cancel);
        await using var two = await TelnetMachine.StartAsync("m2", Cancel);
        using var seat = At(one, two);
        await seat.SeeAsync("> ");
        Assert.Equal("30 100 xterm Zürich", await seat.AskAsync("$(stty size) $TERM Zürich"));

        seat.Type("exit\r");

        Assert.Equal(0, await seat.ExitAsync());
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task A_machine_that_drops_whoever_connects_is_not_beset_and_is_given_up_when_patience_ends()
    {
        await using var machine = new DroppingMachine();
        using var seat = Seat.At("telnet", $"list:{machine.Address}", "--load", "none", "--no-state", "--patience", "2s");

        Assert.Equal(1, await seat.ExitAsync());

        Assert.Contains("are lost soon after they begin", seat.Shown, StringComparison.Ordinal);
        Assert.InRange(machine.Connections, 2, 12);
        Assert.Equal(seat.Before, seat.Now);
    }

    [Fact]
    public async Task Who_was_dropped_twice_is_taken_elsewhere_though_the_machine_answers()
    {
        await using var dropping = new DroppingMachine();
        await using var good = await TelnetMachine.StartAsync("m2", Cancel);
        using var seat = Seat.At("telnet", $"list:{dropping.Address},{good.Address}", "--load", "none", "--no-state");
        await seat.SeeAsync("> ");

        Assert.Equal("m2", await seat.AskAsync("$MACHINE"));
    }

    /// <summary>The line was typed and its answer has come: the prompt after it.</summary>
    static async Task TaughtAsync(Seat seat)
    {
        await seat.SeeAsync("eval");
        await seat.SeeAsync("> ");
    }
}
