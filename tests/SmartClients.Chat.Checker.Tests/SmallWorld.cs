using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Checker.Crowd;
using SmartClients.Chat.Checker.Recording;
using SmartClients.Chat.Server;
using SmartClients.Chat.Server.Storage;
using SmartClients.Testing;
using Xunit;
using Record = SmartClients.Chat.Checker.Recording.Record;

namespace SmartClients.Chat.Checker.Tests;

/// <summary>One server, one writer, two readers and the record of what they do.</summary>
internal sealed class SmallWorld : IAsyncDisposable
{
    const int Lines = 10;

    readonly TemporaryFolder folder = new();
    readonly SocketsHttpHandler handler = new() { UseProxy = false };
    WebApplication app = null!;
    Director director = null!;

    public Record Record { get; } = new(TimeProvider.System);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SmallWorld> StartAsync(Func<RoomStore, RoomStore>? store = null)
    {
        var world = new SmallWorld();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddChatServer(new ChatServerOptions { Data = world.folder.Path, MessagesPerSecond = 1000, MessagesPerSecondAndAddress = 1000 });
        if (store is not null) builder.Services.AddSingleton(_ => store(new SqliteStore(world.folder.Path, new StoreLimits(10, 10))));
        world.app = builder.Build();
        world.app.UseChatServer();
        await world.app.StartAsync(Cancel);
        world.director = Director.For("list:" + new Uri(world.app.Urls.Single()).Authority, ChatService.Options);
        return world;
    }

    /// <summary>Writes, reads, and judges.</summary>
    /// <param name="got">How a reader takes down what it gets; as it should, when left out.</param>
    /// <param name="way">The writer's way to the server.</param>
    /// <param name="enough">When to judge; once the readers have all, when left out.</param>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(
        Action<ReaderRecord, IReadOnlyList<ChatMessage>>? got = null, Func<HttpMessageHandler, HttpMessageHandler>? way = null, Func<bool>? enough = null)
    {
        var record = Record.Reader("honest");
        await using var honest = new ReaderInCrowd(director, handler, record, ChatTransport.WebSocket, fromTheStart: true);
        await honest.Joined.WaitAsync(Cancel);
        HttpMessageHandler recording = new RecordingHandler(Record, handler);
        await using var room = ChatRoom.Join(director, CheckedRoom.Name, new ChatRoomOptions { Name = "ada", Handler = way?.Invoke(recording) ?? recording, History = 0 });
        for (var i = 1; i <= Lines; i++)
        {
            var own = Record.Write("ada", i, () => room.Send("line " + i));
            await own.Settled.WaitAsync(Cancel);
        }
        await Poll.UntilAsync(enough ?? (() => Record.HasAll(record)), Cancel);
        if (got is not null) got(Record.Reader("lying"), await LogAsync());
        await using var audit = new ReaderInCrowd(director, handler, Record.Audit("the log"), ChatTransport.WebSocket, fromTheStart: true);
        await Poll.UntilAsync(enough ?? (() => Record.HasAll(audit.Record)), Cancel);
        return Record.Judge();
    }

    async Task<IReadOnlyList<ChatMessage>> LogAsync() =>
        [.. (await app.Services.GetRequiredService<RoomStore>().ReadAsync(CheckedRoom.Name, 0, 100, Cancel)).Select(entry => entry.Message)];

    public async ValueTask DisposeAsync()
    {
        await director.DisposeAsync();
        await app.DisposeAsync();
        handler.Dispose();
        folder.Dispose();
    }
}
