using System.Text;
using SmartClients.Terminals.Local;
using Xunit;

namespace SmartClients.Terminals.Tests.Local;

public class PtyProcessTests
{
    static async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        var output = new StringBuilder();
        using var process = PtyProcess.Start(program, arguments, new WindowSize(12, 34), bytes => output.Append(Encoding.UTF8.GetString(bytes)));
        var exit = await process.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return (exit, output.ToString());
    }

    [Fact]
    public async Task The_pseudo_terminal_is_the_programs_controlling_terminal_and_has_its_size()
    {
        var (exit, output) = await RunAsync("sh", "-c", "stty size </dev/tty; tty </dev/tty >/dev/null && echo mine; ps -o tpgid= -p $$ | tr -d ' ' | grep -qx $$ && echo foreground; exit 5");

        Assert.Equal("12 34\r\nmine\r\nforeground\r\n", output);
        Assert.Equal(5, exit);
    }

    [Fact]
    public async Task A_signal_is_told_as_a_shell_tells_it() => Assert.Equal(128 + 9, (await RunAsync("sh", "-c", "kill -9 $$")).Exit);

    [Fact]
    public async Task What_the_runtime_ignores_the_program_does_not() => Assert.Equal(128 + 13, (await RunAsync("sh", "-c", "kill -PIPE $$")).Exit);

    [Fact]
    public async Task Something_that_lives_on_at_the_terminal_does_not_hold_up_the_end() =>
        Assert.Equal(0, (await RunAsync("sh", "-c", "trap '' HUP; sleep 300 & exit 0")).Exit);

    [Fact]
    public void A_program_that_is_not_there_is_told() =>
        Assert.Contains("no-such-program cannot be started", Assert.Throws<IOException>(
            () => PtyProcess.Start("no-such-program", [], WindowSize.Usual, _ => { })).Message, StringComparison.Ordinal);
}
