using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Storage;

public sealed class StoreWatchTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly LogLines log = new();
    readonly SenderKey key = SenderKey.Create();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_cannot_be_written_is_told_of_once_and_again_when_it_can_be()
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(server, 1)).Status);
        Run("CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no room'); END");
        Run("CREATE TRIGGER full_too BEFORE UPDATE ON store BEGIN SELECT RAISE(ABORT, 'no room'); END");
        for (var i = 0; i < 3; i++)
        {
            var (status, said) = await PostAsync(server, 2);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("no room", said, StringComparison.Ordinal);
        }
        using (var sick = await server.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, sick.StatusCode);
            Assert.Contains("no room", await sick.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        Assert.Contains("no room", Assert.Single(log.Lines), StringComparison.Ordinal);
        Run("DROP TRIGGER full");
        Run("DROP TRIGGER full_too");
        // Without a post: nobody sends any to one that is not well.
        await Poll.UntilAsync(() => server.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Cancel).GetAwaiter().GetResult().IsSuccessStatusCode, Cancel);
        Assert.Equal("The store can be used again", log.Lines[1]);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(server, 2)).Status);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task What_is_damaged_inside_is_named_with_the_remedy_to_whoever_asks()
    {
        await using (var store = new SqliteStore(folder.Path, new StoreLimits(10, 10)))
            for (var i = 1; i <= 200; i++) await store.AppendAsync("lobby", new ChatMessage(key.Sender, i, "id" + i, "ada", new string('x', 1000), 1), Cancel);
        Damage();
        await using var server = await StartAsync();
        using var response = await server.Http.GetAsync(new Uri("/v1/rooms/lobby/read?history=200", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("move the file away", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("is damaged", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    // All but the first pages, which hold the tables' own description.
    void Damage()
    {
        using var file = File.OpenWrite(Path.Combine(folder.Path, "chat.db"));
        file.Position = 64 << 10;
        file.Write(Enumerable.Repeat((byte)0xAA, (int)(file.Length - file.Position)).ToArray());
    }

    void Run(string statement)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "chat.db")};Pooling=False");
        database.Open();
        database.Run(statement);
    }

    Task<RunningChat> StartAsync() => RunningChat.StartAsync(folder.Path, services: services => services.AddSingleton<ILoggerProvider>(log));

    async Task<(HttpStatusCode Status, string Said)> PostAsync(RunningChat server, long sequence)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rooms/lobby/messages") { Content = JsonContent.Create(new { secret = key.Secret, sequence, name = "ada", text = "hello" }) };
        request.Headers.Add("Idempotency-Key", "id" + sequence);
        using var response = await server.Http.SendAsync(request, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }

    public void Dispose() => folder.Dispose();
}
