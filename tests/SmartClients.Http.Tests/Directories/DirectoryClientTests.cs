using System.Net;
using SmartClients.Http.Directories;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Directories;

/// <summary>Publishing and searching.</summary>
public sealed class DirectoryClientTests : IDisposable
{
    const string Found = """{"results":[{"name":"quotes","title":"Quotes","description":"d","serial":3,"expires":"2026-12-01T00:00:00+00:00","key":"k"}],"more":1}""";

    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publication_goes_to_every_directory_and_each_tells_what_became_of_it()
    {
        var certificate = owner.Sign("quotes");
        byte[]? sent = null;
        var directories = new FakeDirectories(4)
        {
            ["a"] = async (request, cancel) =>
            {
                Assert.Equal((HttpMethod.Put, "http://a:8600/v1/services/quotes"), (request.Method, request.RequestUri!.ToString()));
                sent = await request.Content!.ReadAsByteArrayAsync(cancel);
                return await FakeDirectories.Status(HttpStatusCode.Created, """{"outcome":"created"}""");
            },
            ["b"] = (_, _) => FakeDirectories.Status(HttpStatusCode.Forbidden, """{"title":"Forbidden","detail":"Another key."}"""),
            ["c"] = FakeDirectories.Refused,
            ["d"] = (_, _) => FakeDirectories.Status(HttpStatusCode.BadGateway, "<html>"),
        };
        await using var client = directories.Client();

        var receipts = await client.PublishAsync(certificate, Cancel);

        Assert.Equal(certificate.Document.ToArray(), sent);
        Assert.Equal(
            [("a:8600", true, 201, "created"), ("b:8600", false, 403, "Another key."), ("c:8600", false, null, "connection refused"), ("d:8600", false, 502, "HTTP 502")],
            receipts.Select(r => (r.Directory, r.Stored, r.Status, r.Said)));
    }

    [Fact]
    public async Task One_that_takes_the_certificate_and_never_answers_holds_up_nobody()
    {
        var directories = new FakeDirectories(2)
        {
            ["a"] = async (_, cancel) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                throw new InvalidOperationException();
            },
            ["b"] = (_, _) => FakeDirectories.Status(HttpStatusCode.OK, """{"outcome":"same"}"""),
        };
        await using var client = directories.Client(o => o with { Timeout = TimeSpan.FromMilliseconds(100) });

        var receipts = await client.PublishAsync(owner.Sign("quotes"), Cancel);

        Assert.Equal([(false, "no answer within 0.1 s"), (true, "same")], receipts.Select(r => (r.Stored, r.Said)));
    }

    [Fact]
    public async Task A_search_asks_one_and_another_where_that_fails_or_talks_nonsense()
    {
        string? asked = null;
        var directories = new FakeDirectories(3)
        {
            ["a"] = FakeDirectories.Refused,
            ["b"] = FakeDirectories.Has("""{"results":[{"name":7}]}"""),
            ["c"] = (request, _) =>
            {
                asked = request.RequestUri!.AbsoluteUri;
                return FakeDirectories.Status(HttpStatusCode.OK, Found);
            },
        };
        await using var client = directories.Client();

        for (var i = 0; i < 10; i++)
        {
            var listing = Assert.Single(await client.SearchAsync("now & chat", 5, Cancel));
            Assert.Equal(new DirectoryListing("quotes", "Quotes", "d", 3, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), "k"), listing);
        }
        Assert.Equal("http://c:8600/v1/services?q=now%20%26%20chat&limit=5", asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"results":7}""")]
    [InlineData("""{"results":[7]}""")]
    [InlineData("""{"results":[{"name":"a","serial":1e99,"expires":"2026-12-01T00:00:00Z"}]}""")]
    [InlineData("""{"results":[{"name":"a","serial":1,"expires":"soon"}]}""")]
    public async Task Results_that_cannot_be_read_are_an_error(string answer)
    {
        await using var client = new FakeDirectories(1) { ["a"] = FakeDirectories.Has(answer) }.Client();

        var error = await Assert.ThrowsAsync<IOException>(() => client.SearchAsync("x", cancel: Cancel));

        Assert.Contains("results that cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directories_whose_addresses_cannot_be_learnt_are_an_error_for_everybody()
    {
        await using var client = new DirectoryClient(
            new Missing(), new DirectoryClientOptions { Timeout = TimeSpan.FromMilliseconds(100), AttemptTimeout = TimeSpan.FromMilliseconds(100), SecondOpinion = TimeSpan.Zero });

        await Assert.ThrowsAsync<IOException>(() => client.PublishAsync(owner.Sign("quotes"), Cancel));
        await Assert.ThrowsAsync<IOException>(() => client.SearchAsync("x", cancel: Cancel));
        await Assert.ThrowsAsync<IOException>(async () =>
            await new DirectoryFinder(client).FindAsync(Naming.ServiceName.OfService("quotes"), TimeProvider.System, Cancel));
    }

    public void Dispose() => owner.Dispose();

    sealed class Missing : Naming.NameSource
    {
        public override string Description => "missing";

        public override IAsyncEnumerable<Naming.MemberSet> WatchAsync(TimeProvider time, CancellationToken cancel) => throw new IOException("no such name");
    }
}
