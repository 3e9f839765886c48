using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

/// <summary>Servers that keep nothing and share a Redis.</summary>
public sealed class RedisGroupTests : IAsyncLifetime
{
    readonly List<RunningChat> servers = [];
    readonly List<LogLines> logs = [];
    readonly List<Director> directors = [];
    Redis redis = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        redis = await Redis.StartAsync(Cancel);
        for (var i = 0; i < 3; i++)
        {
            var log = new LogLines();
            logs.Add(log);
            servers.Add(await RunningChat.StartAsync("", options => options with { Data = null, Redis = redis.Address, Order = ChatOrder.Total, MessagesPerSecond = 1000 },
                services: services => services.AddSingleton<ILoggerProvider>(log)));
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

    [Fact]
    public async Task A_store_that_is_away_is_told_of_in_our_words()
    {
        await redis.KillAsync(Cancel);
        var health = new Uri("/healthz", UriKind.Relative);
        await Poll.UntilAsync(() => servers.TrueForAll(server => server.Http.GetAsync(health, Cancel).GetAwaiter().GetResult().StatusCode == System.Net.HttpStatusCode.ServiceUnavailable), Cancel);
        var said = await (await servers[0].Http.GetAsync(health, Cancel)).Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("Redis at " + redis.Address, said, StringComparison.Ordinal);
        Assert.DoesNotContain("abortConnect", said, StringComparison.OrdinalIgnoreCase);
        await redis.RestartAsync(Cancel);
        await Poll.UntilAsync(() => servers.TrueForAll(server => server.Http.GetAsync(health, Cancel).GetAwaiter().GetResult().IsSuccessStatusCode), Cancel);
        Assert.All(logs, log => Assert.Equal(2, log.Lines.Count));
    }

    [Fact]
    public async Task A_store_that_comes_back_with_nothing_is_begun_anew_and_readers_see_what_is_written_then()
    {
        await using var ada = ChatRoom.Join(directors[0], "lobby", new ChatRoomOptions { Name = "ada", History = 0, LongestPause = TimeSpan.FromMilliseconds(200) });
        await using var bob = ChatRoom.Join(directors[1], "lobby", new ChatRoomOptions { History = 0, LongestPause = TimeSpan.FromMilliseconds(200) });
        await bob.NextAsync<ServedBy>();
        for (var i = 1; i <= 3; i++) ada.Send("before " + i);
        await bob.MessagesAsync(3);
        await Poll.UntilAsync(() => ada.Unsettled.Count == 0, Cancel);
        var identity = servers[0].Service<RoomStore>().Identity;
        await redis.KillAndLoseAsync(Cancel);
        await using var eve = ChatRoom.Join(directors[2], "lobby", new ChatRoomOptions { Name = "eve", History = 0, Read = false });
        await eve.Send("after").Settled;
        Assert.Equal("after", Assert.Single(await bob.MessagesAsync(1).WaitAsync(TimeSpan.FromSeconds(60), Cancel)).Text);
        await Poll.UntilAsync(() => servers.TrueForAll(server => server.Service<RoomStore>().Identity == servers[2].Service<RoomStore>().Identity), Cancel);
        Assert.NotEqual(identity, servers[0].Service<RoomStore>().Identity);
        Assert.All(logs, log => Assert.Single(log.Lines, line => line.StartsWith("The store has lost messages", StringComparison.Ordinal)));

        var lost = ada.Send("I was here before");
        await lost.Settled.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(MessageState.Refused, lost.State);
        Assert.Contains("join it anew", lost.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_comes_back_without_its_end_is_begun_anew_too()
    {
        var (ada, eve) = (SenderKey.Create(), SenderKey.Create());
        await using var bob = ChatRoom.Join(directors[1], "lobby", new ChatRoomOptions { History = 0, LongestPause = TimeSpan.FromMilliseconds(200) });
        await bob.NextAsync<ServedBy>();
        await WriteAsync(ada, 1);
        var database = servers[0].Service<RedisStore>().Database;
        StackExchange.Redis.RedisKey[] keys = ["chat:{lobby}:log", "chat:{lobby}:senders", "chat:{lobby}:positions"];
        var before = await Task.WhenAll(keys.Select(key => database.KeyDumpAsync(key)));
        await WriteAsync(ada, 2);
        await bob.MessagesAsync(2);
        var back = database.CreateTransaction();
        foreach (var (key, dump) in keys.Zip(before))
        {
            _ = back.KeyDeleteAsync(key);
            _ = back.KeyRestoreAsync(key, dump!);
        }
        await back.ExecuteAsync();
        // At the position of what was lost, and after it.
        for (var i = 1; i <= 2; i++) await WriteAsync(eve, i);
        Assert.Equal([1, 2], (await bob.MessagesAsync(2).WaitAsync(TimeSpan.FromSeconds(60), Cancel)).Where(message => message.Sender == eve.Sender).Select(message => message.Sequence));

        async Task WriteAsync(SenderKey key, long sequence) =>
            Assert.Equal(AppendOutcome.Stored, (await servers[0].Service<RoomStore>().AppendAsync("lobby", new ChatMessage(key.Sender, sequence, "id", "name", "line", 1000), Cancel)).Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var director in directors) await director.DisposeAsync();
        foreach (var server in servers) await server.DisposeAsync();
        await redis.DisposeAsync();
    }
}
