using System.Net;
using System.Text;
using System.Text.Json;
using SmartClients.Chat;
using SmartClients.Cli.Tests.Directories;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Chat;

public sealed class ChatServerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chat-server --listen 127.0.0.1:0", "There is no store: name a data folder, or a Redis.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --redis 127.0.0.1:1", "With Redis the server keeps nothing itself: leave the data folder and the peers out.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --order total", "One order for all needs a store that all servers share: give a Redis.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --order none", "--order 'none' is no order: write sender or total")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --peer nobody", "--peer 'nobody' is not the address of a chat server: write http://HOST:PORT")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --acknowledge 1", "Acknowledge is 1: it must be from 0 to 0.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --private team-", "Rooms that are not public need the group's secret: tokens are made with it.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --secret nowhere", "'nowhere' does not exist.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --behind-proxy nobody", "--behind-proxy 'nobody' is no address: write one such as 10.0.0.7, or none for a proxy on this machine")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --redis-prefix y", "A prefix of Redis keys needs a Redis: give one, or leave it out.")]
    [InlineData("chat-server --listen 127.0.0.1:0 --redis 127.0.0.1:1 --redis-prefix {}", "'{}' is no prefix of Redis keys: write 1 to 64 letters")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --rate 0", "--rate '0' is not a number from 1 to 100000")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --most-senders 20001", "--most-senders '20001' is not a number from 1 to 20000")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --secret {secret} --private TEAM", "No room's name begins with 'TEAM': write small letters")]
    [InlineData("chat-server --listen 127.0.0.1:8701 --data x --peer http://127.0.0.1:8701", "--peer 'http://127.0.0.1:8701' is this server itself: name the others")]
    [InlineData("chat-server --listen *:8701 --data x --peer http://localhost:8701", "--peer 'http://localhost:8701' is this server itself: name the others")]
    [InlineData("chat-server --listen 127.0.0.1:0 --data x --address chat.example:1 --peer http://chat.example:1", "--peer 'http://chat.example:1' is this server itself")]
    [InlineData("chat-server --listen 0.0.0.0:0 --data x --publish now-chat --key nowhere", "--publish needs --address HOST:PORT where --listen is 0.0.0.0:0")]
    [InlineData("chat-token NO --secret nowhere", "'NO': That is not the name of a room")]
    public async Task Wrong_use_is_one_line(string line, string problem)
    {
        var run = await Smart.RunAsync(line.Replace("{secret}", folder.Write("group.secret", "a secret of the tests\n"), StringComparison.Ordinal).Split(' '));
        Assert.Equal(2, run.Exit);
        Assert.Contains(problem, run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_serves_keeps_and_stops()
    {
        for (var i = 1; i <= 2; i++)
        {
            await using var server = await StartAsync();
            Assert.Equal(HttpStatusCode.Created, await PostAsync(server.Address, i));
            await server.Process.SignalAsync("TERM", Cancel);
            Assert.Equal(0, await server.Process.ExitAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_server_watches_no_folders()
    {
        await using var server = await StartAsync();
        var open = Directory.EnumerateFiles($"/proc/{server.Process.Id}/fd").Select(file => new FileInfo(file).LinkTarget).ToList();
        Assert.Contains(open, target => target?.Contains("socket:", StringComparison.Ordinal) is true);
        Assert.DoesNotContain("anon_inode:inotify", open);
    }

    [Fact]
    public async Task A_limit_of_the_command_line_is_the_servers()
    {
        await using var server = await StartAsync("--most-senders", "1");
        Assert.Equal(HttpStatusCode.Created, await PostAsync(server.Address, 1));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(server.Address, 1, SenderKey.Create()));
    }

    [Fact]
    public async Task A_token_opens_its_room()
    {
        var secret = folder.Write("group.secret", "a secret of the tests\n");
        await using var server = await StartAsync("--secret", secret, "--private", "team-");
        var token = (await Smart.RunAsync("chat-token", "team-blue", "--secret", secret)).Output.Trim();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var (given, status) in new[] { ("", HttpStatusCode.Unauthorized), ("?token=1.x", HttpStatusCode.Forbidden), ("?token=" + token, HttpStatusCode.OK) })
        {
            using var response = await http.GetAsync(new Uri($"{server.Address}/v1/rooms/team-blue/read{given}"), HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("", "chat.example.org:80")]
    [InlineData("--behind-proxy", "chat.example.org:443")]
    [InlineData("--behind-proxy 127.0.0.1 --behind-proxy 10.0.0.7", "chat.example.org:443")]
    [InlineData("--behind-proxy 10.0.0.7", "chat.example.org:80")]
    public async Task A_proxy_that_speaks_tls_in_front_is_believed_where_it_was_named(string options, string self)
    {
        await using var server = await StartAsync([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--peer", "http://127.0.0.1:1", "--peer", "https://other.example.org"]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address + "/members.json") { Headers = { Host = "chat.example.org" } };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await http.SendAsync(request, Cancel);
        var members = MembersDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancel), "test").Endpoints.Select(member => member.Address);
        // A page speaks to all members as it was spoken to.
        Assert.Equal([self, self.EndsWith(":443", StringComparison.Ordinal) ? "other.example.org:443" : "127.0.0.1:1"], members);
    }

    [Fact]
    public async Task Servers_behind_tls_are_published_so()
    {
        await using var directory = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "directory"));
        var key = Path.Combine(folder.Path, "chat.key");
        Assert.Equal(0, (await Smart.RunAsync("key", "new", "--out", key)).Exit);
        string[] publishing = ["--publish", "now-chat", "--key", key, "--directory", directory.Address];
        await using var server = await StartAsync([.. publishing, "--address", "https://one.example.org", "--peer", "https://two.example.org"]);
        byte[]? document = null;
        while ((document = await directory.GetAsync("now-chat")) is null) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        var certificate = SignedCertificate.Read(document, "test").Certificate;
        Assert.Equal("https", certificate.Interface?.Scheme);
        Assert.Equal(["one.example.org:443"], certificate.Endpoints.Select(endpoint => endpoint.Address));

        await using var mixed = Smart.Start(["chat-server", "--listen", "127.0.0.1:0", "--data", Path.Combine(folder.Path, "mixed"), .. publishing, "--peer", "https://two.example.org"]);
        var run = await Smart.EndAsync(mixed);
        Assert.Equal(2, run.Exit);
        Assert.Contains("smart: --peer https://two.example.org would be published beside this server, and clients speak http to that", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_the_key_publishes_itself()
    {
        await using var directory = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "directory"));
        var key = Path.Combine(folder.Path, "chat.key");
        Assert.Equal(0, (await Smart.RunAsync("key", "new", "--out", key)).Exit);
        await using var server = await StartAsync("--publish", "now-chat", "--key", key, "--directory", directory.Address, "--peer", "http://127.0.0.1:1");
        byte[]? document = null;
        while ((document = await directory.GetAsync("now-chat")) is null) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        var endpoints = SignedCertificate.Read(document, "test").Certificate.Endpoints.Select(endpoint => endpoint.Address);
        Assert.Equal(new[] { "127.0.0.1:1", new Uri(server.Address).Authority }.Order(StringComparer.Ordinal), endpoints);
    }

    [Fact]
    public async Task Servers_that_clients_reach_by_other_addresses_than_their_peers_publish_each_its_own()
    {
        await using var directory = await DirectoryProcess.StartAsync(Path.Combine(folder.Path, "directory"));
        var key = Path.Combine(folder.Path, "chat.key");
        Assert.Equal(0, (await Smart.RunAsync("key", "new", "--out", key)).Exit);
        foreach (var addresses in new[] { "one.example:80", "one.example:80 two.example:80", "one.example:80 two.example:80" })
        {
            // The first again in the end: a server that starts anew takes nobody's place.
            var own = addresses.Length < 20 ? "one.example:80" : "two.example:80";
            await using var server = await StartAsync("--publish", "now-chat", "--key", key, "--directory", directory.Address, "--address", own, "--peer", "http://127.0.0.1:1");
            await Poll.UntilAsync(() => string.Join(' ', Published()) == addresses, Cancel);
        }

        IEnumerable<string> Published() => directory.GetAsync("now-chat").GetAwaiter().GetResult() is { } document
            ? SignedCertificate.Read(document, "test").Certificate.Endpoints.Select(endpoint => endpoint.Address) : [];
    }

    async Task<ServerHandle> StartAsync(params IEnumerable<string> more)
    {
        var process = Smart.Start(["chat-server", "--listen", "127.0.0.1:0", "--data", Path.Combine(folder.Path, "data"), .. more]);
        return new ServerHandle(process, (await process.LineAsync("listening on ", Cancel))["listening on ".Length..].Trim());
    }

    static async Task<HttpStatusCode> PostAsync(string address, long sequence, SenderKey? key = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "/v1/rooms/lobby/messages")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { secret = (key ?? Key).Secret, sequence, name = "ada", text = "hello" }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "id" + sequence);
        using var response = await http.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    static readonly SenderKey Key = SenderKey.Create();

    public void Dispose() => folder.Dispose();

    sealed record ServerHandle(RunningProcess Process, string Address) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
