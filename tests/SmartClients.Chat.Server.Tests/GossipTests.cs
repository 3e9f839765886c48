using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests;

public sealed class GossipTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public async Task What_is_written_at_one_server_is_read_at_another(int interval)
    {
        var servers = await RunningChat.GroupAsync(folder, 3, options => options with { Interval = TimeSpan.FromMilliseconds(interval) });
        await using var first = Director.For($"list:{servers[0].Endpoint}", ChatService.Options);
        await using var last = Director.For($"list:{servers[2].Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(first, "lobby", new ChatRoomOptions { Name = "ada" });
        await using var bob = ChatRoom.Join(last, "lobby");
        await bob.NextAsync<ServedBy>();
        var own = Enumerable.Range(1, 30).Select(i => ada.Send("line " + i)).ToList();
        Assert.Equal(own.Select(one => one.Text), (await bob.MessagesAsync(30)).Select(message => message.Text));
        await Poll.UntilAsync(() => own.TrueForAll(one => one.State == MessageState.Everywhere), Cancel);
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_was_away_catches_up_from_any_peer()
    {
        var ports = Enumerable.Range(0, 3).Select(_ => FreePort.Find()).ToList();
        var one = await StartAsync(0);
        var two = await StartAsync(1);
        await using var director = Director.For($"list:{one.Endpoint},{two.Endpoint}", ChatService.Options);
        await using (var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false }))
            for (var i = 1; i <= 10; i++) await ada.Send("line " + i).Settled;
        await Poll.UntilAsync(() => Head(one) == 10 && Head(two) == 10, Cancel);
        await one.DisposeAsync();
        await using var three = await StartAsync(2);
        await Poll.UntilAsync(() => Head(three) == 10, Cancel);
        await using var late = Director.For($"list:{three.Endpoint}", ChatService.Options);
        await using var bob = ChatRoom.Join(late, "lobby");
        Assert.Equal(Enumerable.Range(1, 10).Select(i => "line " + i), (await bob.MessagesAsync(10)).Select(message => message.Text));
        await two.DisposeAsync();

        Task<RunningChat> StartAsync(int i) => RunningChat.StartAsync(Path.Combine(folder.Path, "s" + i), options => options with
        {
            Interval = TimeSpan.FromMilliseconds(20),
            Peers = [.. ports.Where(port => port != ports[i]).Select(port => new Uri($"http://127.0.0.1:{port}"))],
        }, ports[i]);
        static long Head(RunningChat server) => server.HeadAsync("lobby").GetAwaiter().GetResult().Senders.Values.Sum();
    }

    [Fact]
    public async Task A_message_that_is_not_on_every_server_is_not_shown_as_everywhere()
    {
        var nobody = FreePort.Find();
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with
        {
            Interval = TimeSpan.FromMilliseconds(20),
            Peers = [new Uri($"http://127.0.0.1:{nobody}")],
        });
        await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada" });
        var own = ada.Send("hello");
        await ada.MessagesAsync(1);
        await own.Settled;
        Assert.Equal(MessageState.Sent, own.State);
        await using var peer = await RunningChat.StartAsync(Path.Combine(folder.Path, "peer"), options => options with
        {
            Interval = TimeSpan.FromMilliseconds(20),
            Peers = [server.Http.BaseAddress!],
        }, nobody);
        await Poll.UntilAsync(() => own.State == MessageState.Everywhere, Cancel);
    }

    [Fact]
    public async Task People_at_all_servers_are_seen_at_each()
    {
        var servers = await RunningChat.GroupAsync(folder, 2, options => options with { Interval = TimeSpan.FromMilliseconds(20) });
        await using var first = Director.For($"list:{servers[0].Endpoint}", ChatService.Options);
        await using var second = Director.For($"list:{servers[1].Endpoint}", ChatService.Options);
        await using var ada = ChatRoom.Join(first, "lobby", new ChatRoomOptions { Name = "ada" });
        var bob = ChatRoom.Join(second, "lobby", new ChatRoomOptions { Name = "bob" });
        Assert.Equal(["ada", "bob"], (await ada.NextAsync<PeopleChanged>(changed => changed.People.Count == 2)).People.Names);
        await bob.DisposeAsync();
        Assert.Equal(["ada"], (await ada.NextAsync<PeopleChanged>(changed => changed.People.Count == 1)).People.Names);
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_is_back_is_asked_as_soon_as_it_asks()
    {
        var ports = (FreePort.Find(), FreePort.Find());
        var two = await StartAsync(ports.Item2, ports.Item1);
        await using var one = await StartAsync(ports.Item1, ports.Item2, services => services.AddSingleton<TimeProvider>(new EndlessPauses()));
        await WriteAsync(two, 1);
        await two.DisposeAsync();
        await using var again = await StartAsync(ports.Item2, ports.Item1);
        await WriteAsync(again, 2);

        async Task WriteAsync(RunningChat server, int senders)
        {
            await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
            await using (var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", Read = false })) await ada.Send("hello").Settled;
            await Poll.UntilAsync(() => one.HeadAsync("lobby").GetAwaiter().GetResult().Count == senders, Cancel);
        }

        Task<RunningChat> StartAsync(int port, int peer, Action<IServiceCollection>? services = null) => RunningChat.StartAsync(Path.Combine(folder.Path, "s" + port), options => options with
        {
            Interval = TimeSpan.FromMilliseconds(20),
            Peers = [new Uri($"http://127.0.0.1:{peer}")],
        }, port, services: services);
    }

    [Fact]
    public async Task A_room_that_cannot_be_taken_is_not_asked_for_without_pause_and_holds_up_no_other()
    {
        await using var damaged = await ScriptedPeer.StartAsync();
        damaged.Head("bad", 1);
        damaged.Head("good", 1);
        damaged.Messages["bad"] = [ScriptedPeer.Message(2)];
        damaged.Messages["good"] = [ScriptedPeer.Message(1)];
        var log = new LogLines();
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with { Interval = TimeSpan.FromMilliseconds(20), Peers = [damaged.Address] },
            services: services => services.AddSingleton<TimeProvider>(new StandingClock()).AddSingleton<ILoggerProvider>(log));
        await Poll.UntilAsync(() => server.HeadAsync("good").GetAwaiter().GetResult().Count == 1, Cancel);
        var before = damaged.Asked;
        // A change of it is no reason to ask either.
        damaged.Head("bad", 2);
        await Poll.UntilAsync(() => damaged.Asked > before + 10, Cancel);

        Assert.Equal(1, damaged.AskedFor("bad"));
        Assert.Equal(0, (await server.HeadAsync("bad")).Count);
        Assert.Contains("'bad'", Assert.Single(log.Lines, line => line.Contains("cannot be taken over", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_could_not_be_taken_is_taken_once_it_can_be()
    {
        await using var damaged = await ScriptedPeer.StartAsync();
        damaged.Head("bad", 1);
        damaged.Messages["bad"] = [ScriptedPeer.Message(2)];
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with { Interval = TimeSpan.FromMilliseconds(20), Peers = [damaged.Address] });
        await Poll.UntilAsync(() => damaged.AskedFor("bad") > 0, Cancel);
        damaged.Messages["bad"] = [ScriptedPeer.Message(1)];
        await Poll.UntilAsync(() => server.HeadAsync("bad").GetAwaiter().GetResult().Count == 1, Cancel);
    }

    [Fact]
    public async Task What_full_servers_have_acknowledged_they_take_from_each_other()
    {
        var servers = await RunningChat.GroupAsync(folder, 2, options => options with { Interval = TimeSpan.FromMilliseconds(20), MostRooms = 1, MostSenders = 1 });
        // At both at once, as where they are cut off from each other: straight into the stores, which count what is posted.
        await Task.WhenAll(servers.Select((server, i) => server.Service<RoomStore>().AppendAsync("room" + i, ScriptedPeer.Message(1), Cancel).AsTask()));
        foreach (var server in servers)
            await Poll.UntilAsync(() => Enumerable.Range(0, 2).All(i => server.HeadAsync("room" + i).GetAwaiter().GetResult().Count == 1), Cancel);
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task Rooms_of_many_senders_go_into_as_many_answers_as_they_take()
    {
        // All of them in one answer would be more than a peer reads.
        const int rooms = 15, senders = 9_990;
        await new SqliteStore(folder.Path, new StoreLimits(rooms, senders)).DisposeAsync();
        Fill(rooms, senders);
        await using var full = await RunningChat.StartAsync(folder.Path);
        var (told, after) = (new List<string>(), 0L);
        while (true)
        {
            var json = await full.Http.GetByteArrayAsync(new Uri($"/v1/gossip?after={after}", UriKind.Relative), Cancel);
            Assert.InRange(json.Length, 1, GossipEndpoints.MostBytes / 2);
            var answer = JsonSerializer.Deserialize(json, GossipJson.Default.ChangesAnswer)!;
            if (answer.Rooms.Count == 0) break;
            Assert.All(answer.Rooms, room => Assert.Equal(senders, room.Have.Count));
            told.AddRange(answer.Rooms.Select(room => room.Room));
            after = answer.Last;
        }
        Assert.Equal(Enumerable.Range(1, rooms).Select(room => "room" + room), told);
    }

    [Fact]
    public void A_room_with_as_many_senders_as_there_may_be_fits_into_an_answer()
    {
        var have = new VersionVector();
        for (var i = 0; i < VersionVector.MostSenders; i++) have.Advance(i.ToString("D24", CultureInfo.InvariantCulture), 9_999_999_999);
        var head = new RoomHead(new string('x', ChatRules.MostRoom), have);
        var json = JsonSerializer.SerializeToUtf8Bytes(new ChangesAnswer("store", 1, [head], 1, null), GossipJson.Plain.ChangesAnswer);
        Assert.InRange(json.Length, 1, head.Bytes);
        Assert.InRange(head.Bytes, 1, GossipEndpoints.MostBytes - (1 << 20));
        Assert.Equal(have.Count, JsonSerializer.Deserialize(json, GossipJson.Default.ChangesAnswer)!.Rooms[0].Have.Count);
    }

    void Fill(int rooms, int senders)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "chat.db")};Pooling=False");
        database.Open();
        database.Run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rooms) INSERT INTO room (id, name, last) SELECT i, 'room' || i, i FROM n", ("$rooms", rooms));
        database.Run(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $senders) INSERT INTO sender (room, sender, last) SELECT id, printf('%024d', i), 1 FROM room, n",
            ("$senders", senders));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A clock by which what is longer than the pauses between two good answers never ends.</summary>
    sealed class EndlessPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(50) ? Timeout.InfiniteTimeSpan : dueTime, period);
    }

    /// <summary>A clock that stands still, with timers that run: no pause that is measured by it is ever over.</summary>
    sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
