using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

/// <summary>Servers that keep nothing and share a Redis.</summary>
public sealed class RedisGroupTests : IAsyncLifetime
{
    readonly List<RunningChat> servers = [];
    readonly List<Director> directors = [];
    Redis redis = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        redis = await Redis.StartAsync(Cancel);
        for (var i = 0; i < 3; i++)
        {
            servers.Add(await RunningChat.StartAsync("", options => options with { Data = null, Redis = redis.Address, Order = ChatOrder.Total, MessagesPerSecond = 1000 }));
            directors.Add(Director.For($"list:{servers[i].Endpoint}", ChatService.Options));
        }
    }

    [Fact]
    public async Task All_readers_see_all_messages_in_one_order()
    {
        List<ChatRoom> rooms = [];
        for (var i = 0; i < 3; i++) rooms.Add(ChatRoom.Join(directors[i], "lobby", new ChatRoomOptions { Name = "writer-" + i, History = 0 }));
        foreach (var room in rooms) await room.NextAsync<ServedBy>();
        for (var i = 0; i < 30; i++)
            foreach (var room in rooms) room.Send("line " + i);
        var seen = await Task.WhenAll(rooms.Select(room => room.MessagesAsync(90)));
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
        foreach (var room in rooms) await room.DisposeAsync();
    }

    [Fact]
    public async Task People_at_all_servers_are_seen_at_each()
    {
        await using var ada = ChatRoom.Join(directors[0], "lobby", new ChatRoomOptions { Name = "ada" });
        var bob = ChatRoom.Join(directors[1], "lobby", new ChatRoomOptions { Name = "bob" });
        Assert.Equal(["ada", "bob"], (await ada.NextAsync<PeopleChanged>(changed => changed.People.Count == 2)).People.Names);
        await bob.DisposeAsync();
        await ada.NextAsync<PeopleChanged>(changed => changed.People.Count == 1);
    }

    [Fact]
    public async Task A_store_that_is_away_is_waited_for_and_nothing_is_lost()
    {
        await using var ada = ChatRoom.Join(directors[0], "lobby", new ChatRoomOptions { Name = "ada", LongestPause = TimeSpan.FromMilliseconds(200) });
        await using var bob = ChatRoom.Join(directors[1], "lobby", new ChatRoomOptions { History = 0, LongestPause = TimeSpan.FromMilliseconds(200) });
        await bob.NextAsync<ServedBy>();
        await ada.Send("before").Settled;
        var restarting = redis.KillAndRestartAsync(Cancel);
        var own = Enumerable.Range(1, 20).Select(i => ada.Send("line " + i)).ToList();
        await restarting;
        foreach (var one in own) await one.Settled.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(["before", .. own.Select(one => one.Text)], (await bob.MessagesAsync(21)).Select(message => message.Text));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var director in directors) await director.DisposeAsync();
        foreach (var server in servers) await server.DisposeAsync();
        await redis.DisposeAsync();
    }
}
