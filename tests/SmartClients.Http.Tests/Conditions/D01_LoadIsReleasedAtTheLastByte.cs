using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Http.Tests.Conditions;

/// <summary>Load is released at the end of the body, not at the headers; once, on every way out.</summary>
public class D01_LoadIsReleasedAtTheLastByte
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_calls_avoid_a_server_with_fifty_long_streams()
    {
        var finish = new TaskCompletionSource();
        await using var busy = await Server.StartAsync(c => c.Request.Path == "/stream" ? StreamUntil(c, finish.Task) : Server.Hello(c));
        await using var idle = await Server.StartAsync(Server.Hello);
        await using var director = Director.For("list:" + busy.Address, new DirectorOptions { MembersFromReplies = true, SlowStart = TimeSpan.Zero, Hedge = false });
        using var client = new HttpClient(new SmartHandler(director)) { BaseAddress = new Uri("service://quotes/") };
        List<HttpResponseMessage> streams = [];
        for (var i = 0; i < 50; i++) streams.Add(await client.GetAsync("stream", HttpCompletionOption.ResponseHeadersRead, Cancel));

        director.GroupChanged(new MemberSet([Endpoint.Parse(busy.Address), Endpoint.Parse(idle.Address)], "test"));
        Assert.Equal(50, director.Members[0].InFlight);
        for (var i = 0; i < 100; i++) using (await client.GetAsync("short", Cancel)) { }

        Assert.Equal(100, idle.Received);
        finish.SetResult();
        foreach (var stream in streams) await stream.Content.ReadAsStringAsync(Cancel);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Theory]
    [InlineData("read to the end")]
    [InlineData("copied")]
    [InlineData("response disposed")]
    [InlineData("stream disposed half-way")]
    [InlineData("connection aborted")]
    [InlineData("reading cancelled")]
    [InlineData("forgotten")]
    public async Task Once_on_every_way_out(string way)
    {
        var finish = new TaskCompletionSource<bool>();
        await using var server = await Server.StartAsync(async c =>
        {
            await StreamUntil(c, finish.Task);
            if (!await finish.Task) c.Abort();
        });
        await using var director = Director.For("list:" + server.Address, new DirectorOptions { Hedge = false });
        using var client = new HttpClient(new SmartHandler(director)) { BaseAddress = new Uri("service://quotes/") };
        var response = way == "forgotten" ? null : await client.GetAsync("", HttpCompletionOption.ResponseHeadersRead, Cancel);
        if (way == "forgotten") await AskAndForgetAsync(client);
        Assert.Equal(1, director.Members[0].InFlight);
        switch (way)
        {
            case "read to the end":
                finish.SetResult(true);
                Assert.Equal("begin end", await response!.Content.ReadAsStringAsync(Cancel));
                break;
            case "copied":
                finish.SetResult(true);
                await response!.Content.CopyToAsync(Stream.Null, Cancel);
                break;
            case "response disposed":
                response!.Dispose();
                break;
            case "stream disposed half-way":
                await using (var stream = await response!.Content.ReadAsStreamAsync(Cancel)) await stream.ReadExactlyAsync(new byte[3], Cancel);
                break;
            case "connection aborted":
                finish.SetResult(false);
                await Assert.ThrowsAnyAsync<Exception>(() => response!.Content.ReadAsStringAsync(Cancel));
                break;
            case "reading cancelled":
                await using (var stream = await response!.Content.ReadAsStreamAsync(Cancel))
                {
                    using var give = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
                    await stream.ReadExactlyAsync(new byte[6], Cancel);
                    var reading = stream.ReadAsync(new byte[100], give.Token);
                    await give.CancelAsync();
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.AsTask());
                }
                break;
            default:
                await Until.TrueAsync(() =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return director.Members[0].InFlight == 0;
                }, "a body that nobody holds is released");
                break;
        }
        Assert.Equal(0, director.Members[0].InFlight);
        response?.Dispose();
        Assert.Equal(0, director.Members[0].InFlight);
        Assert.Equal(way == "connection aborted" ? 1 : 0, director.Members[0].Failures);
        finish.TrySetResult(true);
    }

    [Fact]
    public async Task A_broken_body_of_known_length_is_fetched_elsewhere_unseen()
    {
        await using var breaks = await Server.StartAsync(async c =>
        {
            c.Response.ContentLength = 10;
            await c.Response.WriteAsync("begin", Cancel);
            await c.Response.Body.FlushAsync(Cancel);
            c.Abort();
        });
        await using var works = await Server.StartAsync(c => Server.Text(c, "0123456789"));
        await using var director = Director.For($"list:{breaks.Address},{works.Address}");
        using var client = new HttpClient(new SmartHandler(director)) { BaseAddress = new Uri("service://quotes/") };
        for (var i = 0; i < 20; i++) Assert.Equal("0123456789", await client.GetStringAsync("", Cancel));
        Assert.True(breaks.Received > 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task AskAndForgetAsync(HttpClient client)
    {
        var response = await client.GetAsync("", HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    static async Task StreamUntil(HttpContext context, Task finish)
    {
        await context.Response.WriteAsync("begin ", Cancel);
        await context.Response.Body.FlushAsync(Cancel);
        await Task.WhenAny(finish, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        if (finish.IsCompleted) await context.Response.WriteAsync("end", Cancel);
    }
}
