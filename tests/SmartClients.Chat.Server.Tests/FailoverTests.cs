using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

public sealed class FailoverTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ChatTransport.WebSocket)]
    [InlineData(ChatTransport.EventStream)]
    public async Task A_server_that_leaves_hands_its_readers_over_and_nothing_is_missed(ChatTransport transport)
    {
        var servers = await RunningChat.GroupAsync(folder, 2, options => options with { Interval = TimeSpan.FromMilliseconds(20) });
        await using var director = Director.For($"list:{servers[0].Endpoint},{servers[1].Endpoint}", ChatService.Options);
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob", Transport = transport });
        var served = await bob.NextAsync<ServedBy>();
        Assert.False(served.Moved);
        for (var i = 1; i <= 5; i++) await bob.Send("line " + i).Settled;
        await servers.Single(server => server.Endpoint.Equals(served.Server)).DisposeAsync();
        for (var i = 6; i <= 10; i++) bob.Send("line " + i);
        List<string> lines = [];
        ServedBy? next = null;
        await foreach (var happened in bob.EventsAsync(Cancel))
        {
            if (happened is MessageArrived arrived) lines.Add(arrived.Message.Text);
            if (happened is ServedBy moved) next = moved;
            if (lines.Count == 10 && next is not null) break;
        }
        Assert.Equal(Enumerable.Range(1, 10).Select(i => "line " + i), lines);
        Assert.True(next!.Moved);
        Assert.NotEqual(served.Server, next.Server);
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_that_waits_for_peers_is_not_sent_before_they_have_it()
    {
        var ports = (FreePort.Find(), FreePort.Find());
        await using var one = await StartAsync(ports.Item1, ports.Item2);
        await using var director = Director.For($"list:{one.Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", AttemptTimeout = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMilliseconds(100) });
        var own = ada.Send("hello");
        // It is there, as its reader sees, and not acknowledged.
        await ada.MessagesAsync(1);
        Assert.Equal(MessageState.Sending, own.State);
        await using var two = await StartAsync(ports.Item2, ports.Item1);
        await own.Settled.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(1, (await two.HeadAsync("lobby"))[ada.Sender]);

        Task<RunningChat> StartAsync(int port, int peer) => RunningChat.StartAsync(Path.Combine(folder.Path, "s" + port), options => options with
        {
            Interval = TimeSpan.Zero,
            Acknowledge = 1,
            BodyTimeout = TimeSpan.FromSeconds(1),
            Peers = [new Uri($"http://127.0.0.1:{peer}")],
        }, port);
    }

    [Fact]
    public async Task What_only_a_server_that_is_gone_had_is_given_again_though_nothing_more_is_written()
    {
        // Nothing is handed on between servers in the time of the test.
        var servers = await RunningChat.GroupAsync(folder, 2, options => options with { Interval = TimeSpan.FromMinutes(1) });
        await using var director = Director.For($"list:{servers[0].Endpoint},{servers[1].Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada" });
        var served = (await ada.NextAsync<ServedBy>()).Server;
        for (var i = 1; i <= 20; i++) await ada.Send("line " + i).Settled;
        await ada.MessagesAsync(20);
        var other = servers.Single(server => !server.Endpoint.Equals(served));
        await using var elsewhere = Director.For($"list:{other.Endpoint}", ChatService.Options);
        await using var bob = ChatRoom.Join(elsewhere, "lobby");
        await bob.NextAsync<ServedBy>();
        await servers.Single(server => server.Endpoint.Equals(served)).DisposeAsync();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => "line " + i), (await bob.MessagesAsync(20)).Select(message => message.Text));
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_starts_again_goes_on_where_it_was()
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
        ChatState state;
        string sender;
        await using (var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada" }))
        {
            await ada.Send("one").Settled;
            await ada.MessagesAsync(1);
            (state, sender) = (ada.State, ada.Sender);
        }
        await using (var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob", Read = false })) await bob.Send("meanwhile").Settled;
        await using var again = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", State = state });
        again.Send("two");
        var messages = await again.MessagesAsync(2);
        Assert.Equal(["meanwhile", "two"], messages.Select(message => message.Text));
        Assert.Equal((sender, 2), (messages[1].Sender, messages[1].Sequence));
    }

    public void Dispose() => folder.Dispose();
}
