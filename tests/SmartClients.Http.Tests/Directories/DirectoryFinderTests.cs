using System.Collections.Immutable;
using System.Net;
using System.Text;
using SmartClients.Http.Directories;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using Xunit;

namespace SmartClients.Http.Tests.Directories;

/// <summary>Two directories are asked, and one that answers is enough.</summary>
public class DirectoryFinderTests
{
    static readonly ServiceName Quotes = ServiceName.OfService("quotes");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task<ImmutableArray<FoundCertificate>> FindAsync(DirectoryClient client, CancellationToken? cancel = null) =>
        new DirectoryFinder(client).FindAsync(Quotes, TimeProvider.System, cancel ?? Cancel).AsTask();

    static IEnumerable<string> Texts(IEnumerable<FoundCertificate> found) => found.Select(one => Encoding.UTF8.GetString(one.Document.Span)).Order();

    [Fact]
    public async Task Two_different_ones_are_asked_each_time_and_both_answers_given()
    {
        var directories = new FakeDirectories(5);
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) directories[name] = FakeDirectories.Has(name);
        await using var client = directories.Client();

        for (var i = 0; i < 40; i++)
        {
            directories.Asked.Clear();
            var found = await FindAsync(client);
            Assert.Equal(2, directories.Asked.Count);
            Assert.Equal(directories.Asked.Order(), Texts(found));
            Assert.Equal(directories.Asked.Select(name => $"directory {name}:8600").Order(), found.Select(one => one.Origin).Order());
            Assert.Equal(2, directories.Asked.Distinct().Count());
        }
    }

    [Fact]
    public async Task The_name_is_asked_for_in_its_plain_form()
    {
        var directories = new FakeDirectories(1);
        string? asked = null;
        directories["a"] = (request, _) =>
        {
            asked = request.RequestUri!.ToString();
            return FakeDirectories.Status(HttpStatusCode.OK, "x");
        };
        await using var client = directories.Client();

        Assert.Single(await new DirectoryFinder(client).FindAsync(ServiceName.Parse("now chat service"), TimeProvider.System, Cancel));

        Assert.Equal("http://a:8600/v1/services/now-chat", asked);
        Assert.Single(directories.Asked);
    }

    [Fact]
    public async Task Where_one_is_dead_the_next_takes_its_place()
    {
        var directories = new FakeDirectories(3) { ["a"] = FakeDirectories.Refused, ["b"] = FakeDirectories.Has("b"), ["c"] = FakeDirectories.Has("c") };
        await using var client = directories.Client();

        for (var i = 0; i < 20; i++) Assert.Equal(["b", "c"], Texts(await FindAsync(client)));
    }

    [Fact]
    public async Task One_of_two_is_enough_and_is_not_asked_twice()
    {
        var directories = new FakeDirectories(2) { ["a"] = FakeDirectories.Refused, ["b"] = FakeDirectories.Has("b") };
        await using var client = directories.Client();

        for (var i = 0; i < 20; i++)
        {
            directories.Asked.Clear();
            Assert.Equal(["b"], Texts(await FindAsync(client)));
            Assert.Single(directories.Asked, "b");
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task Any_other_answer_is_none(HttpStatusCode status)
    {
        var directories = new FakeDirectories(2) { ["a"] = (_, _) => FakeDirectories.Status(status, "x"), ["b"] = FakeDirectories.Has("b") };
        await using var client = directories.Client();

        Assert.Equal(["b"], Texts(await FindAsync(client)));
    }

    [Fact]
    public async Task A_name_that_none_of_those_who_answer_knows_has_no_certificate()
    {
        await using var known = new FakeDirectories(2).Client();
        Assert.Empty(await FindAsync(known));
        await using var half = new FakeDirectories(2) { ["a"] = FakeDirectories.Refused }.Client();
        Assert.Empty(await FindAsync(half));
    }

    [Fact]
    public async Task One_that_has_lost_its_store_does_not_speak_for_the_other()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        var directories = new FakeDirectories(2) { ["b"] = (_, _) => late.Task };
        await using var client = directories.Client(o => o with { SecondOpinion = TimeSpan.Zero });

        var finding = FindAsync(client);
        await Until.TrueAsync(() => directories.Asked.Count == 2, "both are asked");
        late.SetResult(await FakeDirectories.Status(HttpStatusCode.OK, "b"));

        Assert.Equal(["b"], Texts(await finding));
    }

    [Fact]
    public async Task Nobody_who_answers_is_an_error_that_tells_of_each_why()
    {
        var directories = new FakeDirectories(2) { ["a"] = FakeDirectories.Refused, ["b"] = (_, _) => FakeDirectories.Status(HttpStatusCode.InternalServerError) };
        await using var client = directories.Client();

        var error = await Assert.ThrowsAsync<IOException>(() => FindAsync(client));

        Assert.StartsWith("No directory answered: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("a:8600", error.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("b:8600", error.Message, StringComparison.Ordinal);
        Assert.Contains("HTTP 500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_one_is_not_waited_for_once_another_has_answered()
    {
        // Everything else waits for hours: only the limit on second opinions can let this test end.
        var certificate = Signed("quotes");
        var directories = new FakeDirectories(2) { ["a"] = Silent, ["b"] = FakeDirectories.Has(certificate) };
        await using var client = directories.Client(o => o with { SecondOpinion = TimeSpan.FromMilliseconds(20) });

        for (var i = 0; i < 5; i++) Assert.Equal([certificate], Texts(await FindAsync(client)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("another")]
    public async Task One_that_answers_nonsense_fast_does_not_keep_the_other_from_being_heard(string lie)
    {
        var (honest, late) = (Signed("quotes"), new TaskCompletionSource<HttpResponseMessage>());
        var directories = new FakeDirectories(2) { ["a"] = FakeDirectories.Has(lie == "another" ? Signed("another") : lie), ["b"] = (_, _) => late.Task };
        await using var client = directories.Client(o => o with { SecondOpinion = TimeSpan.Zero });

        var finding = FindAsync(client);
        await Until.TrueAsync(() => directories.Asked.Count == 2, "both are asked");
        late.SetResult(await FakeDirectories.Status(HttpStatusCode.OK, honest));

        Assert.Contains(honest, Texts(await finding));
    }

    static string Signed(string name)
    {
        using var key = SigningKey.Create();
        var certificate = new ServiceCertificate { Name = name, Serial = 1, Issued = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch.AddDays(1), Endpoints = [new("a", 1)] };
        return Encoding.UTF8.GetString(key.Sign(certificate));
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up()
    {
        var directories = new FakeDirectories(2) { ["a"] = FakeDirectories.Drips, ["b"] = FakeDirectories.Drips };
        await using var client = directories.Client(o => o with { AttemptTimeout = TimeSpan.FromMilliseconds(50), SecondOpinion = TimeSpan.Zero });

        var error = await Assert.ThrowsAsync<IOException>(() => FindAsync(client));

        Assert.Contains("no answer in time", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_document_without_end_is_not_read(bool told)
    {
        var body = new EndlessStream(drips: false);
        var directories = new FakeDirectories(2)
        {
            ["a"] = (_, _) =>
            {
                var content = new StreamContent(body);
                if (told) content.Headers.ContentLength = 100_000_000;
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
            },
            ["b"] = FakeDirectories.Has("b"),
        };
        await using var client = directories.Client();

        Assert.Equal(["b"], Texts(await FindAsync(client)));

        Assert.InRange(body.Given, 0, told ? 0 : SignedCertificate.MostBytes + 1);
    }

    [Fact]
    public async Task Who_gives_up_is_not_kept()
    {
        var directories = new FakeDirectories(2) { ["a"] = Silent, ["b"] = Silent };
        await using var client = directories.Client();
        using var stop = new CancellationTokenSource();
        var finding = FindAsync(client, stop.Token);
        await Until.TrueAsync(() => directories.Asked.Count == 2, "both are asked");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    [Fact]
    public async Task A_redirection_leads_nowhere()
    {
        await using var elsewhere = await Server.StartAsync(Server.Hello);
        await using var directory = await Server.StartAsync(context =>
        {
            context.Response.Redirect($"http://{elsewhere.Address}/");
            return Task.CompletedTask;
        });
        await using var client = new DirectoryClient($"http://{directory.Address}");

        await Assert.ThrowsAsync<IOException>(() => FindAsync(client));

        Assert.Equal((1, 0), (directory.Received, elsewhere.Received));
    }

    [Fact]
    public async Task Other_forms_of_names_are_not_its_business()
    {
        await using var client = new FakeDirectories(1).Client();

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await new DirectoryFinder(client).FindAsync(ServiceName.Parse("https://a/x.jws"), TimeProvider.System, Cancel));
    }

    static async Task<HttpResponseMessage> Silent(HttpRequestMessage request, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        throw new InvalidOperationException();
    }
}
