using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task A_peer_whose_room_cannot_be_taken_is_not_asked_again_each_time_it_asks()
    {
        var ports = (FreePort.Find(), FreePort.Find());
        var (told, asked) = (new Counted("/v1/gossip/rooms/"), new Counted("/v1/gossip"));
        await using var other = await StartAsync(ports.Item2, ports.Item1, told);
        await using var full = await StartAsync(ports.Item1, ports.Item2, asked, options => options with { MostRooms = 1 }, new EndlessPauses());
        await WriteAsync(full, "mine");
        await WriteAsync(other, "yours");
        await Poll.UntilAsync(() => told.Count > 0, Cancel);
        var before = asked.Count;
        await Poll.UntilAsync(() => asked.Count > before + 10, Cancel);

        Assert.Equal(1, told.Count);
        Assert.Equal(0, (await full.HeadAsync("yours")).Count);

        static async Task WriteAsync(RunningChat server, string room)
        {
            await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
            await using var ada = ChatRoom.Join(director, room, new ChatRoomOptions { Name = "ada", Read = false });
            await ada.Send("hello").Settled;
        }

        Task<RunningChat> StartAsync(int port, int peer, Counted counted, Func<ChatServerOptions, ChatServerOptions>? with = null, TimeProvider? time = null) =>
            RunningChat.StartAsync(Path.Combine(folder.Path, "s" + port), options => (with?.Invoke(options) ?? options) with
            {
                Interval = TimeSpan.FromMilliseconds(20),
                Peers = [new Uri($"http://127.0.0.1:{peer}")],
            }, port, services: services => services.AddSingleton<IStartupFilter>(counted).AddSingleton(time ?? TimeProvider.System));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Counts what a server is asked under a path.</summary>
    sealed class Counted(string path) : IStartupFilter
    {
        int count;

        public int Count => Volatile.Read(ref count);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (context.Request.Path.Value!.StartsWith(path, StringComparison.Ordinal)) Interlocked.Increment(ref count);
                return rest(context);
            });
            next(app);
        };
    }

    /// <summary>A clock by which what is longer than the pauses between two good answers never ends.</summary>
    sealed class EndlessPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(50) ? Timeout.InfiniteTimeSpan : dueTime, period);
    }
}
