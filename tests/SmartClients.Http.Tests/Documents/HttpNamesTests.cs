using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Documents;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Http.Tests.Documents;

public sealed class HttpNamesTests
{
    static readonly Names All = Names.Core.WithHttp(options: new DocumentOptions { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1), Random = new Random(1) });

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Director Directing(string name) => new("test", All.Open(name), new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(200) });

    static string Members(Director director) => string.Join(' ', director.Members.Select(m => m.Endpoint.Address));

    static async Task<MemberSet> FirstAsync(NameSource source)
    {
        await foreach (var set in source.WatchAsync(TimeProvider.System, Cancel)) return set;
        throw new InvalidOperationException("It told nothing.");
    }

    static NameSource At(Server server, string path = "/members.json", Opening? opening = null) =>
        All.Open(ServiceName.Parse($"http://{server.Address}{path}"), opening ?? new Opening(All));

    static Task<IOException> FailsAsync(NameSource source) => Assert.ThrowsAnyAsync<IOException>(() => FirstAsync(source));

    [Fact]
    public async Task A_file_on_nginx_is_followed_and_not_sent_again_while_it_is_the_same()
    {
        await using var web = await Nginx.StartAsync(Cancel);
        web.Serve("members.json", """{"members":["127.0.0.1:1",{"address":"127.0.0.1:2","priority":3,"weight":2}]}""");
        await using var director = Directing($"http://{web.Address}/members.json");
        await director.ReadyAsync(Cancel);
        Assert.Equal("127.0.0.1:1 127.0.0.1:2", Members(director));
        Assert.Equal((3, 2.0), (director.Members[1].Endpoint.Priority, director.Members[1].Endpoint.Weight));
        await Poll.UntilAsync(() => web.Log.Count(line => line.Contains("\" 304 ", StringComparison.Ordinal)) >= 2, Cancel);
        Assert.True(director.Membership.Age < TimeSpan.FromSeconds(2));

        web.Serve("members.json", """{"members":["127.0.0.1:3"]}""");
        await Poll.UntilAsync(() => Members(director) == "127.0.0.1:3", Cancel);
        web.Serve("members.json", """{"members":["127.0.0.1:4",""");
        await Poll.UntilAsync(() => director.Membership.Age > TimeSpan.FromSeconds(2), Cancel);
        Assert.Equal("127.0.0.1:3", Members(director));
        await web.KillAsync(Cancel);
        await Poll.UntilAsync(() => director.Membership.Age > TimeSpan.FromSeconds(3), Cancel);
        Assert.Equal("127.0.0.1:3", await director.SendAsync((endpoint, _) => ValueTask.FromResult(endpoint.Address), cancel: Cancel));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirection_is_followed(int status)
    {
        await using var server = await Server.StartAsync(context =>
        {
            if (context.Request.Path == "/there") return Server.Text(context, """{"members":["a:1"]}""");
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/there";
            return Task.CompletedTask;
        });
        Assert.Equal("a:1", Assert.Single((await FirstAsync(At(server))).Endpoints).Address);
    }

    [Fact]
    public async Task Redirections_without_end_are_not()
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        Assert.Contains("redirects more than 5 times", (await FailsAsync(At(server))).Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Received);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data", "metadata")]
    [InlineData("http://[::ffff:169.254.169.254]/latest", "metadata")]
    [InlineData("http://0xA9FEA9FE/latest", "metadata")]
    [InlineData("file:///etc/passwd", "not followed")]
    [InlineData("http://user:password@127.0.0.1/", "not followed")]
    public async Task A_redirection_to_where_nothing_should_be_asked_is_not_followed(string to, string why)
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.Redirect(to);
            return Task.CompletedTask;
        });
        Assert.Contains(why, (await FailsAsync(At(server))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_https_to_http_no_redirection_is_followed_not_even_one_that_the_client_followed_by_itself(bool byItself)
    {
        using var client = new HttpMessageInvoker(new FakeNetwork((request, _) =>
        {
            var reply = new HttpResponseMessage(byItself ? HttpStatusCode.OK : HttpStatusCode.Found) { RequestMessage = request, Content = new StringContent("""{"members":["a:1"]}""") };
            if (byItself) request.RequestUri = new Uri("http://host/members.json");
            else reply.Headers.Location = new Uri("http://host/members.json");
            return Task.FromResult(reply);
        }));
        var names = new HttpNames(new Uri("https://host/members.json"), new Opening(All), client);
        Assert.Contains("from https to http is not followed", (await FailsAsync(names)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_without_end_is_given_up_at_the_limit()
    {
        var endless = new Endless();
        using var client = new HttpMessageInvoker(new FakeNetwork((request, _) =>
            Task.FromResult(new HttpResponseMessage { RequestMessage = request, Content = new StreamContent(endless) })));
        var names = new HttpNames(new Uri("http://host/members.json"), new Opening(All), client, new DocumentOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Contains("is larger than 16,384 KiB", (await FailsAsync(names)).Message, StringComparison.Ordinal);
        Assert.Equal((16 << 20) + 1, endless.Given);
    }

    [Fact]
    public async Task A_document_that_says_it_is_too_large_is_not_read()
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.ContentLength = 100 << 20;
            return context.Response.WriteAsync("{", context.RequestAborted);
        });
        Assert.Contains("is larger than 16,384 KiB", (await FailsAsync(At(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_drips_is_given_up_in_time()
    {
        await using var server = await Server.StartAsync(async context =>
        {
            while (true)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
            }
        });
        Assert.Contains("gave no whole answer within 1 s", (await FailsAsync(At(server))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "does not exist")]
    [InlineData(410, "does not exist")]
    [InlineData(500, "answers 500")]
    [InlineData(204, "answers 204")]
    [InlineData(304, "answers 304")]
    public async Task What_is_no_document_is_told(int status, string why)
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var error = await Assert.ThrowsAnyAsync<Exception>(() => FirstAsync(At(server)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_million_members_are_refused()
    {
        var document = "{\"members\":[" + string.Join(',', Enumerable.Repeat("\"a:1\"", 1_000_000)) + "]}";
        await using var server = await Server.StartAsync(context => Server.Text(context, document));
        var names = new HttpNames(new Uri($"http://{server.Address}/members.json"), new Opening(All), new HttpMessageInvoker(GuardedHandler.New()), new DocumentOptions { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Contains("names 1,000,000 members; the most is 100,000", (await FailsAsync(names)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_names_a_metadata_address_is_refused_whole_unless_allowed()
    {
        await using var server = await Server.StartAsync(context => Server.Text(context, """{"members":["169.254.169.254:80","a:1"]}"""));
        Assert.Contains("169.254.169.254 is a cloud's metadata service: allow it", (await FailsAsync(At(server))).Message, StringComparison.Ordinal);
        Assert.Equal(2, (await FirstAsync(At(server, opening: new Opening(All) { Addresses = AddressRules.AllowAll }))).Endpoints.Length);
    }

    [Theory]
    [InlineData("max-age=7", null, 7)]
    [InlineData("max-age=7200", null, 300)]
    [InlineData("max-age=60", 50, 10)]
    [InlineData("max-age=60", 100, 1)]
    [InlineData("max-age=60, no-cache", null, 1)]
    [InlineData("no-store", null, 1)]
    [InlineData("max-age=-5", null, 1)]
    [InlineData("max-age=99999999999999999999", null, 1)]
    [InlineData("nonsense", null, 1)]
    public void The_server_says_how_long_its_answer_holds_within_bounds(string control, int? age, double seconds)
    {
        using var reply = new HttpResponseMessage();
        reply.Headers.TryAddWithoutValidation("Cache-Control", control);
        if (age is { } old) reply.Headers.Age = TimeSpan.FromSeconds(old);
        var document = new Document(default, null, null, DocumentReader.Fresh(reply));
        Assert.Equal(seconds, DocumentPause.Of(document, new DocumentOptions { Interval = TimeSpan.FromSeconds(1) }).TotalSeconds);
    }

    [Fact]
    public async Task Told_of_a_change_it_asks_at_once()
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "max-age=300";
            return Server.Text(context, """{"members":["a:1"]}""");
        });
        await using var director = Directing($"http://{server.Address}/members.json");
        await director.ReadyAsync(Cancel);
        director.GroupChanged();
        await Poll.UntilAsync(() => server.Received == 2, Cancel);
    }

    [Fact]
    public async Task Where_it_must_be_signed_only_what_the_key_signed_is_believed()
    {
        using var key = SigningKey.Create();
        using var thief = SigningKey.Create();
        var soon = TimeProvider.System.GetUtcNow().AddHours(1);
        byte[] document = key.SignMembers("quotes", 5, soon, [new Endpoint("a", 1)]);
        await using var server = await Server.StartAsync(context => context.Response.Body.WriteAsync(document, Cancel).AsTask());
        var source = At(server, opening: new Opening(All) { SignedBy = key.Thumbprint, Service = "quotes" });
        Assert.Equal("a:1", Assert.Single((await FirstAsync(source)).Endpoints).Address);

        document = key.SignMembers("quotes", 4, soon, [new Endpoint("b", 1)]);
        Assert.Contains("serial 4", (await FailsAsync(source)).Message, StringComparison.Ordinal);
        document = thief.SignMembers("quotes", 6, soon, [new Endpoint("b", 1)]);
        Assert.Contains(thief.Thumbprint, (await FailsAsync(source)).Message, StringComparison.Ordinal);
        document = Encoding.UTF8.GetBytes("""{"members":["b:1"]}""");
        Assert.Contains("is not signed", (await FailsAsync(source)).Message, StringComparison.Ordinal);
        document = key.SignMembers("quotes", 6, soon, [new Endpoint("c", 1)]);
        Assert.Equal("c:1", Assert.Single((await FirstAsync(source)).Endpoints).Address);
    }

    [Theory]
    [InlineData("https://host/quotes.jws", "certificate")]
    [InlineData("http://host/certificate", "certificate")]
    [InlineData("members:/path", "stands in a certificate")]
    public void A_name_that_cannot_be_opened_says_why(string name, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => All.Open(name)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_name_that_resolves_to_a_metadata_address_is_not_connected_to()
    {
        await using var server = await Server.StartAsync(Server.Hello);
        var port = server.Address.Split(':')[1];
        using var client = new HttpMessageInvoker(GuardedHandler.New((_, _) => Task.FromResult(new[] { IPAddress.Parse("169.254.169.254") })));
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            FirstAsync(new HttpNames(new Uri($"http://members.example:{port}/members.json"), new Opening(All), client)));
        Assert.Contains("members.example is not connected to: 169.254.169.254 is a cloud's metadata service", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, server.Received);
    }
}
