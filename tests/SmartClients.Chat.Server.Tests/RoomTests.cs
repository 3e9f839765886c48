using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

public sealed class RoomTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(ChatTransport.WebSocket)]
    [InlineData(ChatTransport.EventStream)]
    public async Task What_one_writes_the_other_reads_and_it_is_everywhere(ChatTransport transport)
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Transport = transport });
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob", Transport = transport });
        var own = ada.Send("hello, bob");
        var read = await bob.MessagesAsync(1);
        Assert.Equal(("ada", "hello, bob", ada.Sender, 1), (read[0].Name, read[0].Text, read[0].Sender, read[0].Sequence));
        await own.Settled;
        var echo = await ada.MessagesAsync(1);
        Assert.Equal(own.Id, echo[0].Id);
        await Poll.UntilAsync(() => own.State == MessageState.Everywhere, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_joins_late_sees_the_last_messages_in_order()
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false });
        for (var i = 1; i <= 20; i++) await ada.Send("line " + i).Settled;
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { History = 5 });
        Assert.Equal(["line 16", "line 17", "line 18", "line 19", "line 20"], (await bob.MessagesAsync(5)).Select(message => message.Text));
    }

    public void Dispose() => folder.Dispose();
}
