using System.Text;
using System.Text.Json;
using SmartClients.Terminals.Local;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

/// <summary><c>smart chat</c> as a person sees it, at a real pseudo-terminal.</summary>
public sealed class ChatScreenTests : IAsyncLifetime
{
    const string Up = "\e[5~";
    const string Down = "\e[6~";
    const string End = "\e[F";

    readonly TemporaryFolder folder = new();
    RunningProcess server = null!;
    string room = "";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = Smart.Start("chat-server", "--listen", "127.0.0.1:0", "--data", folder.Path);
        room = $"list:{new Uri((await server.LineAsync("listening on ", Cancel))["listening on ".Length..].Trim()).Authority}/lobby";
    }

    [Fact]
    public async Task Two_people_see_each_others_lines_and_the_terminal_is_as_it_was_in_the_end()
    {
        using var ada = new Person(room, "Ada");
        using var grace = new Person(room, "Grace");
        await ada.SeesAsync(rows => rows[0].Contains("lobby", StringComparison.Ordinal) && rows[0].Contains("served by 127.0.0.1:", StringComparison.Ordinal));
        await ada.SeesAsync(rows => rows[21] == " 2 here: Ada, Grace");
        Assert.True(ada.Screen.IsSecond);
        ada.Type("Is anybody herex\x7f?\r");
        await grace.SeesAsync(rows => rows[20].EndsWith("Ada: Is anybody here?", StringComparison.Ordinal));
        await ada.SeesAsync(rows => rows[20].EndsWith("Ada: Is anybody here?  (everywhere)", StringComparison.Ordinal) && rows[23] == ">");
        grace.Type("I am.\r");
        await ada.SeesAsync(rows => rows[20].EndsWith("Grace: I am.", StringComparison.Ordinal) && rows[19].EndsWith("(everywhere)", StringComparison.Ordinal));
        ada.Type("\x03");
        Assert.Equal(130, await ada.ExitAsync());
        Assert.False(ada.Screen.IsSecond);
        Assert.Equal(ada.Before, ada.Now);
        grace.Type("\x04");
        Assert.Equal(0, await grace.ExitAsync());
        Assert.False(grace.Screen.IsSecond);
        Assert.Equal(grace.Before, grace.Now);
    }

    [Fact]
    public async Task What_has_gone_by_is_scrolled_back_to_and_a_new_size_is_filled()
    {
        using var reader = new Person(room, "Ada");
        await reader.SeesAsync(rows => rows[0].Contains("served by", StringComparison.Ordinal));
        await using var writer = Smart.Start("chat", room, "--name", "ci", "--no-state");
        await writer.InputAsync(string.Concat(Enumerable.Range(1, 30).Select(number => $"line {number}\n")));
        Assert.Equal(0, (await Smart.EndAsync(writer)).Exit);
        await reader.SeesAsync(rows => Has(rows, "line 30") && !Has(rows, "line 1"));

        // Where the machine is slow, a row may say that the reader was without a server for a moment: how many rows there are is open.
        reader.Type(Up);
        await reader.SeesAsync(rows => Has(rows, "line 1") && !Has(rows, "line 30") && rows[21].EndsWith(" below: PageDown, or End", StringComparison.Ordinal));
        reader.Resize(30, 60);
        await reader.SeesAsync(rows => Has(rows, "line 1") && rows[27].EndsWith(" below: PageDown, or End", StringComparison.Ordinal) && rows[28] == new string('─', 60));
        reader.Type(Down);
        await reader.SeesAsync(rows => Has(rows, "line 30") && rows[27].StartsWith(" 1 here", StringComparison.Ordinal));
        reader.Type(Up + End);
        await reader.SeesAsync(rows => Has(rows, "line 30"));
        reader.Resize(24, 80);
        await reader.SeesAsync(rows => Has(rows, "line 30") && !Has(rows, "line 1") && rows[22] == new string('─', 80));
    }

    [Fact]
    public async Task The_server_dies_and_it_is_told_that_one_is_looked_for()
    {
        using var ada = new Person(room, "Ada");
        await ada.SeesAsync(rows => rows[0].Contains("served by", StringComparison.Ordinal));
        await server.SignalAsync("KILL", Cancel);
        await ada.SeesAsync(rows => rows[0].Contains("looking for a server", StringComparison.Ordinal));
        ada.Type("Hello?\r");
        await ada.SeesAsync(rows => rows[20] == "      Hello?  (sending)");
    }

    [Fact]
    public async Task Every_key_of_a_long_line_that_is_pasted_counts()
    {
        await using var reader = Smart.Start("chat", room, "--read", "--json", "--no-state");
        await reader.LineAsync("\"served\"", Cancel);
        using var ada = new Person(room, "Ada");
        await ada.SeesAsync(rows => rows[0].Contains("served by", StringComparison.Ordinal));
        var text = string.Concat(Enumerable.Range(0, 1333).Select(number => (char)('a' + number % 26) + "漢 ")).Trim();
        ada.Type(text + "\r");
        var line = JsonDocument.Parse(await reader.LineAsync("\"message\"", Cancel)).RootElement;
        Assert.Equal(text, line.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_line_that_is_written_just_before_one_leaves_arrives()
    {
        using var ada = new Person(room, "Ada");
        await ada.SeesAsync(rows => rows[0].Contains("served by", StringComparison.Ordinal));
        ada.Type("quickly\r\x04");
        Assert.Equal(0, await ada.ExitAsync());
        await using var reader = Smart.Start("chat", room, "--read", "--no-state");
        await reader.LineAsync("Ada: quickly", Cancel);
    }

    [Fact]
    public async Task A_line_that_no_server_takes_is_told_of_when_one_leaves()
    {
        using var ada = new Person(room, "Ada");
        await ada.SeesAsync(rows => rows[0].Contains("served by", StringComparison.Ordinal));
        await server.SignalAsync("KILL", Cancel);
        await ada.SeesAsync(rows => rows[0].Contains("looking for a server", StringComparison.Ordinal));
        ada.Type("Hello?\r\x04");
        Assert.Equal(1, await ada.ExitAsync());
        await ada.SeesAsync(rows => rows.Contains("smart: not sent: 'Hello?': no server has taken it"));
        Assert.False(ada.Screen.IsSecond);
    }

    [Fact]
    public async Task A_room_that_is_closed_to_one_is_told_of_on_the_first_screen()
    {
        var secret = folder.Write("group.secret", "a secret of the tests\n");
        await using var closed = Smart.Start("chat-server", "--listen", "127.0.0.1:0", "--data", Path.Combine(folder.Path, "closed"), "--secret", secret, "--private", "team-");
        var address = $"list:{new Uri((await closed.LineAsync("listening on ", Cancel))["listening on ".Length..].Trim()).Authority}/team-blue";
        using var ada = new Person(address, "Ada");
        Assert.Equal(1, await ada.ExitAsync());
        await ada.SeesAsync(rows => rows.Any(row => row.StartsWith("smart: ", StringComparison.Ordinal) && row.Contains("token", StringComparison.Ordinal)));
        Assert.False(ada.Screen.IsSecond);
        // In line mode it is the same.
        await using var piped = Smart.Start("chat", address, "--name", "ci", "--no-state");
        await piped.InputAsync("hello\n");
        Assert.Equal(1, (await Smart.EndAsync(piped)).Exit);
    }

    static bool Has(IReadOnlyList<string> rows, string line) => rows.Any(row => row.EndsWith("ci: " + line, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    sealed class Person : IDisposable
    {
        readonly PtyProcess process;

        public Person(string room, string name)
        {
            process = PtyProcess.Start(
                SmartProgram.Path, ["chat", room, "--name", name, "--no-state"], WindowSize.Usual, Screen.Show, new Dictionary<string, string> { ["TERM"] = "xterm" });
            Before = process.Terminal.Attributes();
        }

        public TerminalScreen Screen { get; } = new(24, 80);

        /// <summary>The terminal's settings before anything was done to them.</summary>
        public byte[] Before { get; }

        /// <summary>The terminal's settings now.</summary>
        public byte[] Now => process.Terminal.Attributes();

        public void Type(string keys) => process.Write(Encoding.UTF8.GetBytes(keys));

        public void Resize(ushort rows, ushort columns)
        {
            Screen.Resize(rows, columns);
            process.Terminal.Resize(new WindowSize(rows, columns));
        }

        public async Task SeesAsync(Func<IReadOnlyList<string>, bool> what)
        {
            try
            {
                await Poll.UntilAsync(() => what(Screen.Rows), Cancel);
            }
            catch (TimeoutException)
            {
                Assert.Fail("It was not seen:\n" + string.Join('\n', Screen.Rows));
            }
        }

        public Task<int> ExitAsync() => process.Ended.WaitAsync(TimeSpan.FromSeconds(60), Cancel);

        public void Dispose() => process.Dispose();
    }
}
