using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Serving;

/// <summary>Whatever is done to it, who does so gets a clear error or is shed, and the others go on.</summary>
public sealed class AbuseTests : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();
    readonly LogLines log = new();
    readonly SenderKey key = SenderKey.Create();
    RunningChat server = null!;
    Director director = null!;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await RunningChat.StartAsync(folder.Path, options => options with
        {
            SendTimeout = TimeSpan.FromSeconds(1),
            BodyTimeout = TimeSpan.FromSeconds(1),
            MessagesPerSecond = 20,
            Secret = "a secret of the tests",
            Private = ["team-"],
        }, services: services => services.AddSingleton<ILoggerProvider>(log));
        director = Director.For($"list:{server.Endpoint}", ChatService.Options);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_read()
    {
        var (status, detail) = await PostAsync(new ByteArrayContent(new byte[100_000]));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "The body is larger than 65,536 bytes: send less at a time."), (status, detail));
        await OthersGoOnAsync();
    }

    [Theory]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"a\",\"text\":\"\u00ff\u00fe\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"a\",\"text\":\"\\ud800\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"a\",\"text\":\"\\u0007\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":0,\"name\":\"a\",\"text\":\"t\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1e400,\"name\":\"a\",\"text\":\"t\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"\",\"text\":\"t\"}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":2,\"name\":\"a\",\"text\":\"t\",\"before\":[null]}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":2,\"name\":\"a\",\"text\":\"t\",\"before\":[{\"id\":\"i\"}]}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":2,\"name\":\"a\",\"text\":\"t\",\"before\":[{\"id\":\"not one!\",\"text\":\"t\"}]}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"a\",\"text\":\"t\",\"before\":[{\"id\":\"i\",\"text\":\"t\"}]}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":-9223372036854775808,\"name\":\"a\",\"text\":\"t\",\"before\":[{\"id\":\"i\",\"text\":\"t\"}]}")]
    [InlineData("{\"secret\":\"SECRET\",\"sequence\":1,\"name\":\"a\",\"text\":\"t\"} {}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("null")]
    [InlineData("")]
    public async Task What_is_no_message_is_refused(string body)
    {
        // Latin-1, so that the bytes are what they are: malformed UTF-8 among them.
        var (status, detail) = await PostAsync(new ByteArrayContent(Encoding.Latin1.GetBytes(body.Replace("SECRET", key.Secret, StringComparison.Ordinal))));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain('\n', Assert.IsType<string>(detail));
        await OthersGoOnAsync();
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Script_is_text()
    {
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "<script>alert(1)</script>" });
        ada.Send("<img src=x onerror=alert(1)>");
        var message = (await ada.MessagesAsync(1))[0];
        Assert.Equal(("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"), (message.Name, message.Text));
    }

    [Fact]
    public async Task A_sender_without_its_secret_is_refused()
    {
        await using var ada = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "ada" });
        await ada.Send("it is me").Settled;
        foreach (var secret in (string?[])[null, "", ada.Sender, new string('x', 42), new string('!', 43)])
        {
            var (status, detail) = await PostAsync(Json(new { secret, sequence = 2, name = "ada", text = "it is not" }));
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            Assert.Contains("secret", detail, StringComparison.Ordinal);
        }
        // Another secret is another sender, whatever it calls itself.
        await PostAsync(Json(new { secret = key.Secret, sequence = 1, name = "ada", text = "nor is this" }));
        var messages = await ada.MessagesAsync(2);
        Assert.Equal((ada.Sender, key.Sender), (messages[0].Sender, messages[1].Sender));
    }

    [Fact]
    public async Task A_post_that_is_replayed_is_written_once()
    {
        for (var i = 0; i < 5; i++)
            Assert.Equal(i == 0 ? HttpStatusCode.Created : HttpStatusCode.OK, (await PostAsync(Json(new { secret = key.Secret, sequence = 1, name = "a", text = "once" }), "same")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Json(new { secret = key.Secret, sequence = 1, name = "a", text = "twice" }), "other")).Status);
        Assert.Equal(1, (await server.HeadAsync("lobby"))[key.Sender]);
    }

    [Fact]
    public async Task A_flood_is_told_to_wait_and_the_others_are_served()
    {
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob" });
        var refused = 0;
        for (var i = 1; i <= 300; i++)
            if ((await PostAsync(Json(new { secret = key.Secret, sequence = i - refused, name = "a", text = "flood" }), "id" + i)).Status == HttpStatusCode.TooManyRequests) refused++;
        Assert.InRange(refused, 1, 299);
        await bob.Send("hello").Settled;
        await bob.NextAsync<MessageArrived>(arrived => arrived.Message.Text == "hello");
    }

    [Fact]
    public async Task Messages_that_go_before_another_are_taken_with_it()
    {
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob" });
        await bob.NextAsync<ServedBy>();
        object[] before = [new { id = "one", text = "line 1" }, new { id = "two", text = "line 2" }];
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(Json(new { secret = key.Secret, sequence = 3, name = "a", text = "line 3", before }), "three")).Status);
        Assert.Equal(["one", "two", "three"], (await bob.MessagesAsync(3)).Select(message => message.Id));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Json(new { secret = key.Secret, sequence = 2, name = "a", text = "line 2" }), "two")).Status);
        before = [new { id = "other", text = "line 2" }];
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Json(new { secret = key.Secret, sequence = 3, name = "a", text = "line 3", before }), "three")).Status);
    }

    [Fact]
    public async Task So_many_go_before_another_and_all_of_them_count()
    {
        var (status, detail) = await PostAsync(Json(Many(17, 16)));
        Assert.Equal((HttpStatusCode.BadRequest, "At most 15 messages go before another: send these first."), (status, detail));
        var refused = 0;
        for (var i = 1; i <= 20; i++)
            if ((await PostAsync(Json(Many(16 * (i - refused), 15)), "id" + i)).Status == HttpStatusCode.TooManyRequests) refused++;
        Assert.InRange(refused, 1, 19);
        await OthersGoOnAsync();

        object Many(int sequence, int count) => new
        {
            secret = key.Secret,
            sequence,
            name = "a",
            text = "flood",
            before = Enumerable.Range(sequence - count, count).Select(number => new { id = "id-" + number, text = "flood" }),
        };
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_shed_and_the_others_get_everything()
    {
        using var stuck = new TcpClient { ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancel);
        await stuck.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /v1/rooms/lobby/read?history=0 HTTP/1.1\r\nHost: x\r\n\r\n"), Cancel);
        var rooms = server.Service<RoomTable>();
        await Poll.UntilAsync(() => rooms.Readers == 1, Cancel);
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob", History = 0 });
        await bob.NextAsync<ServedBy>();
        // Straight into the store: as much as no buffer on the way holds.
        var store = server.Service<Server.Storage.RoomStore>();
        const int count = 3000;
        var writing = Task.WhenAll(Enumerable.Range(1, count).Select(i => store.AppendAsync("lobby", new ChatMessage(key.Sender, i, "id" + i, "a", new string('x', 3900), i), Cancel).AsTask()));
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), (await bob.MessagesAsync(count)).Select(message => message.Sequence));
        await writing;
        await Poll.UntilAsync(() => rooms.Readers == 1, Cancel);
    }

    [Fact]
    public async Task A_reader_that_is_connected_and_dead_is_shed()
    {
        using var dead = new TcpClient();
        await dead.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancel);
        await dead.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET /v1/rooms/lobby/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"), Cancel);
        // A whole request, masked with zeros; and after that not a word, to no ping either.
        await dead.GetStream().WriteAsync((byte[])[0x81, 0x82, 0, 0, 0, 0, .. "{}"u8], Cancel);
        var rooms = server.Service<RoomTable>();
        await Poll.UntilAsync(() => rooms.Readers == 1, Cancel);
        await Poll.UntilAsync(() => rooms.Readers == 0, Cancel);
    }

    [Theory]
    [InlineData("-N", "http://{0}/v1/rooms/lobby/read?history=0")]
    [InlineData("--data-binary", "{\"history\":0}", "-N", "http://{0}/v1/rooms/lobby/read")]
    public async Task A_reader_of_events_whose_machine_vanishes_is_shed(params string[] asking)
    {
        await using var machine = await FarMachine.StartAsync();
        if (machine is null) return;
        using var store = new TemporaryFolder();
        await using var far = await RunningChat.StartAsync(store.Path, options => options with { SendTimeout = TimeSpan.FromSeconds(1) }, host: FarMachine.Here,
            services: services => services.AddSingleton<ILoggerProvider>(log));
        await using var reader = machine.Start(["curl", "-s", .. asking.Select(word => word.Replace("{0}", far.Endpoint.Address, StringComparison.Ordinal))]);
        var rooms = far.Service<RoomTable>();
        await Poll.UntilAsync(() => rooms.Readers == 1, Cancel);
        await machine.VanishAsync();
        await Poll.UntilAsync(() => rooms.Readers == 0, Cancel);
        Assert.False(reader.HasExited);
        await far.StopAsync();
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task So_many_readers_come_from_one_address_and_no_more()
    {
        using var store = new TemporaryFolder();
        await using var small = await RunningChat.StartAsync(store.Path, options => options with { MostReadersPerAddress = 2 });
        var read = new Uri("/v1/rooms/lobby/read?history=0", UriKind.Relative);
        using var first = await small.Http.GetAsync(read, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using (var second = await small.Http.GetAsync(read, HttpCompletionOption.ResponseHeadersRead, Cancel)) Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        await Poll.UntilAsync(() => small.Service<RoomTable>().Readers == 1, Cancel);
        using var again = await small.Http.GetAsync(read, HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var third = await small.Http.GetAsync(read, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (again.StatusCode, third.StatusCode));
        Assert.Contains("2 readers come from your address already", await third.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_never_says_what_it_wants_is_shed()
    {
        using var silent = new System.Net.WebSockets.ClientWebSocket();
        await silent.ConnectAsync(new Uri($"ws://{server.Endpoint}/v1/rooms/lobby/socket"), Cancel);
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(async () => await silent.ReceiveAsync(new byte[100], Cancel));
    }

    [Fact]
    public async Task A_room_that_is_not_public_opens_to_its_token_only()
    {
        var now = TimeProvider.System.GetUtcNow();
        var good = RoomToken.Create("team-blue", "a secret of the tests", now.AddHours(1));
        string?[] bad =
        [
            null, "x", RoomToken.Create("team-red", "a secret of the tests", now.AddHours(1)), RoomToken.Create("team-blue", "another secret, theirs", now.AddHours(1)),
            RoomToken.Create("team-blue", "a secret of the tests", now.AddSeconds(-1)), good[..^1],
        ];
        foreach (var token in bad)
        {
            await using var outside = ChatRoom.Join(director, "team-blue", new ChatRoomOptions { Name = "eve", Token = token });
            var own = outside.Send("let me in");
            await outside.NextAsync<Ended>();
            await own.Settled;
            Assert.Equal(MessageState.Refused, own.State);
        }
        await using var inside = ChatRoom.Join(director, "team-blue", new ChatRoomOptions { Name = "ada", Token = good });
        inside.Send("hello, blue");
        Assert.Equal("hello, blue", Assert.Single(await inside.MessagesAsync(1)).Text);
    }

    [Theory]
    [InlineData("/v1/gossip")]
    [InlineData("/v1/gossip?after=0&wait")]
    public async Task Who_is_no_peer_learns_nothing(string path)
    {
        using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/rooms/NO%20ROOM/read")]
    [InlineData("/v1/rooms/lobby/read?history=1001")]
    [InlineData("/v1/rooms/lobby/read?history=-1")]
    [InlineData("/v1/rooms/lobby/read?name=%1b[31m")]
    [InlineData("/v1/rooms/lobby/socket")]
    public async Task A_reader_that_asks_for_nonsense_is_told_so(string path)
    {
        using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    async Task OthersGoOnAsync()
    {
        await using var bob = ChatRoom.Join(director, "lobby", new ChatRoomOptions { Name = "bob" });
        bob.Send("hello");
        await bob.NextAsync<MessageArrived>(arrived => arrived.Message.Text == "hello");
    }

    async Task<(HttpStatusCode Status, string? Detail)> PostAsync(HttpContent content, string id = "id")
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rooms/lobby/messages") { Content = content };
        request.Headers.Add("Idempotency-Key", id);
        using var response = await server.Http.SendAsync(request, Cancel);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return (response.StatusCode, json.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
    }

    static ByteArrayContent Json(object value) => new(JsonSerializer.SerializeToUtf8Bytes(value));

    public async ValueTask DisposeAsync()
    {
        await director.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
