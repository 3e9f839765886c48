using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SmartClients.Chat.Server.Tests.Support;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Serving;

/// <summary>What the page asks the server that it came from.</summary>
public sealed class PageEndpointsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_page_is_told_the_services_name_and_where_its_certificate_is()
    {
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with { Service = "service://now-chat@KEY", Directories = "http://127.0.0.1:7001" });
        using var reply = await server.Http.GetAsync(new Uri("/page.json", UriKind.Relative), Cancel);
        Assert.Equal("application/json", reply.Content.Headers.ContentType!.MediaType);
        Assert.True(reply.Headers.CacheControl!.NoStore);
        var told = JsonElement.Parse(await reply.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("service://now-chat@KEY", "http://127.0.0.1:7001"), (told.GetProperty("service").GetString(), told.GetProperty("directories").GetString()));
    }

    [Fact]
    public async Task A_server_without_a_name_tells_nothing_of_one()
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        Assert.Equal("{}", await server.Http.GetStringAsync(new Uri("/page.json", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task The_members_are_the_server_as_it_was_asked_and_its_peers_and_any_page_may_know()
    {
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with { Peers = [new Uri("http://127.0.0.1:8002"), new Uri("http://[::1]:8003")] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/members.json");
        request.Headers.Host = "chat.example.org:8001";
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var reply = await server.Http.SendAsync(request, Cancel);
        Assert.Equal("*", Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(reply.Headers.CacheControl!.NoCache);
        var members = MembersDocument.Parse(await reply.Content.ReadAsByteArrayAsync(Cancel), "test");
        Assert.Equal(["chat.example.org:8001", "127.0.0.1:8002", "[::1]:8003"], members.Endpoints.Select(member => member.Address));
    }

    [Theory]
    [InlineData("POST", "/v1/rooms/lobby/messages")]
    [InlineData("POST", "/v1/rooms/lobby/read")]
    [InlineData("GET", "/healthz")]
    public async Task A_page_from_anywhere_may_ask(string method, string path)
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        using var question = new HttpRequestMessage(HttpMethod.Options, path);
        question.Headers.Add("Origin", "https://elsewhere.example");
        question.Headers.Add("Access-Control-Request-Method", method);
        question.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");
        using var leave = await server.Http.SendAsync(question, Cancel);
        Assert.Equal("*", Assert.Single(leave.Headers.GetValues("Access-Control-Allow-Origin")));
        foreach (var header in (string[])["authorization", "content-type", "idempotency-key"])
            Assert.Contains(header, Assert.Single(leave.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);

        // What is refused says why to a page too.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rooms/lobby/messages") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var refused = await server.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("*", Assert.Single(refused.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_server_that_is_asked_by_no_address_leaves_itself_out()
    {
        await using var server = await RunningChat.StartAsync(folder.Path, options => options with { Peers = [new Uri("http://127.0.0.1:8002")] });
        var reply = await AskedByNoAddressAsync(server);
        Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal);
        Assert.Contains("{\"members\":[\"127.0.0.1:8002\"]}", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_knows_no_members_says_so()
    {
        await using var server = await RunningChat.StartAsync(folder.Path);
        Assert.StartsWith("HTTP/1.1 404", await AskedByNoAddressAsync(server), StringComparison.Ordinal);
    }

    static async Task<string> AskedByNoAddressAsync(RunningChat server)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancel);
        await client.GetStream().WriteAsync("GET /members.json HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancel);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }
}
