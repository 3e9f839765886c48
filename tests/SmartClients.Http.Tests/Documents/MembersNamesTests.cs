using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Documents;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Http.Tests.Documents;

public sealed class MembersNamesTests
{
    static readonly Names All = Names.Core.WithHttp(options: new DocumentOptions { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(4), Random = new Random(1) });

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<MemberSet> FirstAsync(NameSource source)
    {
        await foreach (var set in source.WatchAsync(TimeProvider.System, Cancel)) return set;
        throw new InvalidOperationException("It told nothing.");
    }

    static NameSource Asking(string name, Func<ImmutableArray<Endpoint>> known, string? signedBy = null) =>
        All.Open(ServiceName.Parse(name), new Opening(All) { Known = known, SignedBy = signedBy, Service = signedBy is null ? null : "quotes" });

    static Func<ImmutableArray<Endpoint>> These(params string[] addresses) => () => [.. addresses.Select(a => Endpoint.Parse(a))];

    [Fact]
    public async Task A_member_is_asked_and_another_when_it_is_gone_or_talks_nonsense()
    {
        await using var mute = await Server.StartAsync(context => Server.Text(context, "no such page", 404));
        await using var mad = await Server.StartAsync(context => Server.Text(context, "<html>"));
        await using var knows = await Server.StartAsync(context => Server.Text(context, $$"""{"members":["{{context.Request.Host}}","a:1"]}"""));
        var gone = $"127.0.0.1:{FreePort.Find()}";
        for (var i = 0; i < 10; i++)
        {
            var set = await FirstAsync(Asking("members:/group", These(gone, mute.Address, mad.Address, knows.Address)));
            Assert.Equal([knows.Address, "a:1"], set.Endpoints.Select(e => e.Address));
            Assert.Equal("members /group", set.Source);
        }
    }

    [Fact]
    public async Task Each_question_goes_to_those_known_by_then()
    {
        await using var first = await Server.StartAsync(context => Server.Text(context, """{"members":["a:1"]}"""));
        await using var second = await Server.StartAsync(context => Server.Text(context, """{"members":["b:2"]}"""));
        var known = first.Address;
        await using var sets = Asking("members:", () => [Endpoint.Parse(known)]).WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await sets.MoveNextAsync());
        Assert.Equal("a:1", Assert.Single(sets.Current.Endpoints).Address);
        known = second.Address;
        Assert.True(await sets.MoveNextAsync());
        Assert.Equal("b:2", Assert.Single(sets.Current.Endpoints).Address);
    }

    [Fact]
    public async Task The_member_s_own_name_goes_along()
    {
        string? host = null, path = null;
        await using var server = await Server.StartAsync(context =>
        {
            (host, path) = (context.Request.Host.Value, context.Request.Path);
            return Server.Text(context, """{"members":["a:1"]}""");
        });
        await FirstAsync(Asking("members:", () => [Endpoint.Parse(server.Address) with { Authority = "quotes.test" }]));
        Assert.Equal(("quotes.test", "/.well-known/members"), (host, path));
    }

    [Fact]
    public async Task When_nobody_knows_it_says_so()
    {
        await using var mute = await Server.StartAsync(context => Server.Text(context, "no", 404));
        Assert.Contains("No member tells /.well-known/members", (await Assert.ThrowsAsync<IOException>(() => FirstAsync(Asking("members:", These(mute.Address))))).Message, StringComparison.Ordinal);
        Assert.Contains("No member is known", (await Assert.ThrowsAsync<IOException>(() => FirstAsync(Asking("members:", () => [])))).Message, StringComparison.Ordinal);
        Assert.Contains("metadata", (await Assert.ThrowsAsync<IOException>(() => FirstAsync(Asking("members:", These("169.254.169.254:80"))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_lies_is_passed_over_where_documents_are_signed()
    {
        using var key = SigningKey.Create();
        var document = key.SignMembers("quotes", 1, TimeProvider.System.GetUtcNow().AddHours(1), [new Endpoint("a", 1)]);
        await using var liar = await Server.StartAsync(context => Server.Text(context, """{"members":["evil:1"]}"""));
        await using var honest = await Server.StartAsync(context => context.Response.Body.WriteAsync(document, Cancel).AsTask());
        for (var i = 0; i < 10; i++)
            Assert.Equal("a:1", Assert.Single((await FirstAsync(Asking("members:", These(liar.Address, honest.Address), key.Thumbprint))).Endpoints).Address);
    }

    [Theory]
    [InlineData("members:path")]
    [InlineData("members://evil/path")]
    public void What_is_no_path_is_refused(string name) =>
        Assert.Contains("is not a path", Assert.Throws<FormatException>(() => Asking(name, These("a:1"))).Message, StringComparison.Ordinal);
}
