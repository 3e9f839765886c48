using System.Text.Json;
using SmartClients.Chat;
using SmartClients.Cli.Chatting;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Chatting;

public sealed class ChatCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chat list:127.0.0.1:1", "names no room")]
    [InlineData("chat list:127.0.0.1:1/NO", "That is not the name of a room")]
    [InlineData("chat nothing:x/lobby", "is not a name that can be resolved here")]
    public async Task Wrong_use_is_one_line(string line, string problem)
    {
        var run = await Smart.RunAsync(line.Split(' '));
        Assert.Equal(2, run.Exit);
        Assert.Contains(problem, run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_piped_in_is_written_and_another_reads_it()
    {
        await using var server = await StartAsync();
        await using var reader = Smart.Start("chat", await RoomAsync(server), "--read", "--json", "--no-state");
        await reader.LineAsync("\"served\"", Cancel);
        await using var writer = Smart.Start("chat", await RoomAsync(server), "--name", "ci", "--no-state");
        await writer.InputAsync("one\n\ntwo\n");
        Assert.Equal(0, (await Smart.EndAsync(writer)).Exit);
        await reader.LineAsync("\"two\"", Cancel);
        await reader.SignalAsync("INT", Cancel);
        Assert.Equal(130, await reader.ExitAsync(Cancel));
        var texts = reader.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == "message").Select(line => line.GetProperty("text").GetString());
        Assert.Equal(["one", "two"], texts);
    }

    [Fact]
    public async Task Lines_that_cannot_be_written_are_named_and_the_others_are_written()
    {
        await using var server = await StartAsync();
        await using var writer = Smart.Start("chat", await RoomAsync(server), "--name", "ci", "--no-state");
        await writer.InputAsync($"one\n{new string('x', 4001)}\n\e[32mthree\e[0m\nb\bell\n");
        var run = await Smart.EndAsync(writer);
        Assert.Equal(1, run.Exit);
        Assert.Contains($"smart: line 2 ('{new string('x', 40)}…') is not written: A message has 1 to 4000 characters", run.Errors, StringComparison.Ordinal);
        Assert.Contains("smart: line 4 ('b?ell') is not written: A message has no control characters", run.Errors, StringComparison.Ordinal);
        Assert.Contains("smart: 2 of 4 lines not written.", run.Errors, StringComparison.Ordinal);
        await using var reader = Smart.Start("chat", await RoomAsync(server), "--read", "--no-state");
        await reader.LineAsync("ci: three", Cancel);
        Assert.Contains("ci: one", reader.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_it_is_told_that_one_is_looked_for()
    {
        await using var writer = Smart.Start("chat", $"list:127.0.0.1:{FreePort.Find()}/lobby", "--name", "ci", "--no-state");
        await writer.InputAsync("one\n");
        await Poll.UntilAsync(() => writer.Errors.Contains("no server can be reached", StringComparison.Ordinal), Cancel);
        await writer.SignalAsync("INT", Cancel);
        Assert.Equal(130, (await Smart.EndAsync(writer)).Exit);
    }

    [Fact]
    public void Its_director_is_as_chat_wants_it()
    {
        var name = new Cli.Naming.OpenName("list:a:1", new StaticNames([new Endpoint("a", 1)]), State: null);
        Assert.Equal(ChatService.Options with { Time = TimeProvider.System, StateName = "list:a:1" }, ChatCommand.OptionsOf(name, TimeProvider.System));
    }

    Task<RunningProcess> StartAsync() => Task.FromResult(Smart.Start("chat-server", "--listen", "127.0.0.1:0", "--data", folder.Path));

    static async Task<string> RoomAsync(RunningProcess server) =>
        $"list:{new Uri((await server.LineAsync("listening on ", Cancel))["listening on ".Length..].Trim()).Authority}/lobby";

    public void Dispose() => folder.Dispose();
}
