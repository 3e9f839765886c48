using System.Text;
using Microsoft.AspNetCore.Http;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Tests.Support;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Peers;

/// <summary>Peers that are not believed.</summary>
public sealed class LyingPeerTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Task<RunningDirectory> FollowAsync(params Uri[] peers) => RunningDirectory.StartAsync(
        folder.Path, o => o with { Peers = [.. peers], BodyTimeout = TimeSpan.FromMilliseconds(500), PullInterval = TimeSpan.FromMilliseconds(10) });

    /// <summary>A peer that offers four documents under names of the test's choosing.</summary>
    static Task<FakePeer> OfferingAsync(string changes, Func<string, ReadOnlyMemory<byte>> document) => FakePeer.StartAsync((path, context) =>
        path == "/v1/changes" ? context.Response.WriteAsync(context.Request.Query["after"] == "0" ? changes : FakePeer.Changes())
            : context.Response.Body.WriteAsync(document(path[(path.LastIndexOf('/') + 1)..]), Cancel).AsTask());

    [Fact]
    public async Task What_is_forged_renamed_or_old_is_not_taken_and_the_rest_is()
    {
        using var stranger = new Publisher();
        var forged = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(owner.Sign("forged").Document.Span).Replace("\"signature\":\"", "\"signature\":\"AAAA", StringComparison.Ordinal));
        var documents = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            ["forged"] = forged,
            ["renamed"] = owner.Sign("other").Document,
            ["mine"] = stranger.Sign("mine", 9).Document,
            ["old"] = owner.Sign("old", 1).Document,
            ["good"] = owner.Sign("good").Document,
        };
        await using var liar = await OfferingAsync(
            FakePeer.Changes(("forged", 1, owner.Key), ("renamed", 1, owner.Key), ("mine", 9, owner.Key), ("old", 9, owner.Key), ("../etc/passwd", 1, "x"), ("good", 1, owner.Key)),
            name => documents[name]);
        await using (var before = await FollowAsync())
            await before.Store.PublishAsync([owner.Sign("mine"), owner.Sign("old", 5)], PublicationRules.ForPublishers, Publisher.Now, Cancel);

        await using var directory = await FollowAsync(liar.Address);

        await directory.HasAsync("good", 1);
        Assert.Equal(["good", "mine", "old"], directory.Store.Held(["forged", "renamed", "other", "mine", "old", "good"]).Keys.Order());
        Assert.Equal((owner.Key, 5), (directory.Store.Held(["mine"])["mine"].Key, directory.Store.Held(["old"])["old"].Serial));
    }

    public static TheoryData<string, string> Nonsense => new()
    {
        { "not JSON", "<html>" },
        { "nothing", "null" },
        { "no fields", "{}" },
        { "fields of other types", """{"store":1,"last":"x","changes":7}""" },
        { "changes that lack a name", """{"store":"a","last":1,"changes":[{"sequence":1}]}""" },
        { "a null among them", """{"store":"a","last":1,"changes":[null]}""" },
        { "a sequence that does not rise", """{"store":"a","last":2,"changes":[{"sequence":1,"name":"a","serial":1,"key":"k","digest":"d"},{"sequence":1,"name":"b","serial":1,"key":"k","digest":"d"}]}""" },
        { "megabytes", $$"""{"store":"{{new string('x', 3 << 20)}}","last":0,"changes":[]}""" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_peer_that_answers_nonsense_is_asked_again_and_does_no_harm(string what, string answer)
    {
        Assert.NotEmpty(what);
        await using var good = await RunningDirectory.StartAsync(Path.Combine(folder.Path, "good"));
        await good.PutAsync(owner.Sign("quotes"));
        await using var liar = await FakePeer.StartAsync((_, context) => context.Response.WriteAsync(answer));
        await using var directory = await FollowAsync(liar.Address, good.Address);

        await directory.HasAsync("quotes", 1);
        await Poll.UntilAsync(() => liar.Asked >= 2, Cancel);
        Assert.Equal("ok", (await directory.JsonAsync("/healthz")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_peer_that_never_finishes_an_answer_holds_up_nobody()
    {
        await using var good = await RunningDirectory.StartAsync(Path.Combine(folder.Path, "good"));
        await using var drip = await FakePeer.StartAsync(async (_, context) =>
        {
            await context.Response.WriteAsync("{", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var directory = await FollowAsync(drip.Address, good.Address);
        await good.PutAsync(owner.Sign("quotes"));

        await directory.HasAsync("quotes", 1);
        await Poll.UntilAsync(() => drip.Asked >= 2, Cancel);
    }

    [Fact]
    public async Task A_peer_whose_store_is_another_one_at_each_question_is_not_asked_without_end_in_one_go()
    {
        var count = 0;
        await using var restless = await FakePeer.StartAsync((_, context) => context.Response.WriteAsync(
            FakePeer.Changes(("quotes", 1, "k")).Replace("fake", $"store-{Interlocked.Increment(ref count)}", StringComparison.Ordinal)));
        await using var directory = await FollowAsync(restless.Address);

        await Poll.UntilAsync(() => restless.Asked >= 6, Cancel);

        Assert.Equal(0, directory.Store.Count);
    }

    [Fact]
    public async Task One_certificate_that_a_peer_cannot_give_holds_up_no_other_and_is_asked_for_again()
    {
        var broken = true;
        await using var peer = await FakePeer.StartAsync((path, context) =>
        {
            if (path == "/v1/changes") return context.Response.WriteAsync(context.Request.Query["after"] == "0" ? FakePeer.Changes(("broken", 1, owner.Key), ("good", 1, owner.Key)) : """{"store":"fake","last":2,"changes":[]}""", Cancel);
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name != "broken" || !Volatile.Read(ref broken)) return context.Response.Body.WriteAsync(owner.Sign(name).Document, Cancel).AsTask();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        await using var directory = await FollowAsync(peer.Address);

        await directory.HasAsync("good", 1);
        var asked = peer.Asked;
        await Poll.UntilAsync(() => peer.Asked >= asked + 2, Cancel);
        Assert.Equal(1, directory.Store.Count);
        Volatile.Write(ref broken, false);
        await directory.HasAsync("broken", 1);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_not_read()
    {
        await using var liar = await OfferingAsync(FakePeer.Changes(("huge", 1, "k")), _ => new byte[SignedCertificate.MostBytes + 1]);
        await using var directory = await FollowAsync(liar.Address);

        await Poll.UntilAsync(() => liar.Asked >= 3, Cancel);

        Assert.Equal(0, directory.Store.Count);
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
