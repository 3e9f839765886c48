using System.Text;
using System.Text.Json;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Reading;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Chat.Wire;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Reading;

public sealed class ReaderLoopTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    readonly CancellationTokenSource end = new();
    readonly SenderKey ada = SenderKey.Create();
    readonly SenderKey bob = SenderKey.Create();
    RunningChat server = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    RoomStore Store => server.Service<RoomStore>();

    public async ValueTask InitializeAsync() => server = await RunningChat.StartAsync(folder.Path);

    [Fact]
    public async Task Of_a_long_vector_only_what_the_room_knows_of_is_kept_and_in_the_end_only_where_it_is_behind()
    {
        for (var i = 1; i <= 3; i++) await WriteAsync(ada, i);
        await WriteAsync(bob, 1);
        var have = new VersionVector();
        for (var i = 0; i < 20_000; i++) have.Advance(i.ToString("D24", System.Globalization.CultureInfo.InvariantCulture), 1);
        have.Advance(ada.Sender, 2);
        have.Advance(bob.Sender, 5);
        var pipe = new Recorded();
        var reading = Read(have, pipe);
        await Poll.UntilAsync(() => pipe.Messages.Count == 1, Cancel);
        await Poll.UntilAsync(() => have.Count == 1, Cancel);
        Assert.Equal(5, have[bob.Sender]);
        for (var i = 2; i <= 6; i++) await WriteAsync(bob, i);
        await Poll.UntilAsync(() => pipe.Messages.Count == 2, Cancel);
        Assert.Equal([(ada.Sender, 3), (bob.Sender, 6)], pipe.Messages.Select(message => (message.Sender, message.Sequence)));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    Task Read(VersionVector have, ReaderPipe pipe)
    {
        var presence = new Presence(null) { Shed = end };
        var room = server.Service<RoomTable>().Enter("lobby", presence);
        var loop = new ReaderLoop(room, Store, server.Service<PeerBoard>(), server.Service<Pulse>(), pipe, new ReadRequest { Have = have }, presence, TimeProvider.System);
        return loop.RunAsync(end.Token);
    }

    async Task WriteAsync(SenderKey key, long sequence) =>
        Assert.Equal(AppendOutcome.Stored, (await Store.AppendAsync("lobby", new ChatMessage(key.Sender, sequence, "id", "name", "line " + sequence, 1000), Cancel)).Outcome);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        end.Dispose();
        folder.Dispose();
    }

    /// <summary>A way to nobody, which keeps what goes along it.</summary>
    sealed class Recorded : ReaderPipe
    {
        readonly Lock gate = new();
        readonly List<ChatMessage> messages = [];

        public IReadOnlyList<ChatMessage> Messages
        {
            get
            {
                lock (gate) return [.. messages];
            }
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
        {
            foreach (var line in Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                if (JsonSerializer.Deserialize(line, ChatJson.Default.Frame)!.Message is { } message)
                    lock (gate) messages.Add(message);
            return default;
        }
    }
}
