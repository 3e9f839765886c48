using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Serving;

public sealed class GapsTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    readonly LogLines log = new();
    readonly HandMovedClock clock = new();
    readonly ILoggerFactory logging;
    RoomStore store = null!;

    public GapsTests() => logging = LoggerFactory.Create(builder => builder.AddProvider(log));

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        store = new SqliteStore(folder.Path, new StoreLimits(10, 10));
        return default;
    }

    [Fact]
    public void Who_comes_back_again_and_again_without_what_is_missing_is_told_that_nobody_has_it()
    {
        var gaps = New(Board());
        for (var i = 1; i <= 3; i++) Assert.False(Asked(gaps, seconds: 1));
        Assert.True(Asked(gaps, seconds: 1));
        Assert.True(Asked(gaps, seconds: 1));
        Assert.Contains("'lobby' from 3 on are lost", Assert.Single(log.Lines), StringComparison.Ordinal);
        gaps.Closed("lobby", "ada");
        Assert.False(Asked(gaps, seconds: 1));
    }

    [Fact]
    public void Who_may_still_have_it_is_not_told_so()
    {
        var gaps = New(Board());
        // At once, since copies of one post may come that way; after long silence; and where it is another one that is missing.
        for (var i = 1; i <= 10; i++) Assert.False(Asked(gaps, seconds: 0.1));
        for (var i = 1; i <= 10; i++) Assert.False(Asked(gaps, seconds: 40));
        for (var i = 1; i <= 10; i++) Assert.False(gaps.IsForGood("lobby", "ada", 10 + i));
    }

    [Fact]
    public void Where_there_are_peers_all_of_them_were_asked_since()
    {
        var board = Board(new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2"));
        var gaps = New(board);
        board[0].Pulled = board[1].Pulled = clock.GetTimestamp() - 1;
        for (var i = 1; i <= 6; i++) Assert.False(Asked(gaps, seconds: 1));
        board[0].Pulled = clock.GetTimestamp();
        Assert.False(Asked(gaps, seconds: 1));
        board[1].Pulled = clock.GetTimestamp();
        Assert.True(Asked(gaps, seconds: 1));
    }

    [Fact]
    public async Task A_writer_whose_earlier_messages_are_gone_everywhere_is_told_so()
    {
        await using var server = await RunningChat.StartAsync(Path.Combine(folder.Path, "anew"));
        await using var director = Director.For($"list:{server.Endpoint}", ChatService.Options);
        var state = new ChatState { Secret = SenderKey.Create().Secret, Next = 5, Unsettled = [] };
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada", State = state, LongestPause = TimeSpan.FromMilliseconds(200) });
        var own = ada.Send("is anybody here?");
        await own.Settled.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(MessageState.Refused, own.State);
        Assert.Contains("Your messages from 1 on are lost", own.Problem, StringComparison.Ordinal);
    }

    bool Asked(Gaps gaps, double seconds)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        return gaps.IsForGood("lobby", "ada", 3);
    }

    Gaps New(PeerBoard board) => new(board, clock, logging.CreateLogger<Gaps>());

    PeerBoard Board(params Uri[] peers) => new(new ChatServerOptions { Data = "x", Peers = [.. peers] }, store);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        logging.Dispose();
        folder.Dispose();
    }

    sealed class HandMovedClock : TimeProvider
    {
        long now = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
