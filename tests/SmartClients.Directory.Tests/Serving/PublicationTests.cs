using System.Net;
using SmartClients.Directories.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Serving;

/// <summary>PUT and GET /v1/services/{name}.</summary>
public sealed class PublicationTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_served_as_it_was_published()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        var certificate = owner.Sign("now-chat");

        await directory.PutAsync(certificate).IsAcceptedAsync(HttpStatusCode.Created, "created");
        using var response = await directory.Http.GetAsync("/v1/services/Now%20chat", Cancel);

        Assert.Equal(certificate.Document.ToArray(), await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("application/jose+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Publications_are_told_what_became_of_them()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        using var stranger = new Publisher();
        var second = owner.Sign("quotes", 2);

        await directory.PutAsync(owner.Sign("quotes")).IsAcceptedAsync(HttpStatusCode.Created, "created");
        await directory.PutAsync(second).IsAcceptedAsync(HttpStatusCode.OK, "replaced");
        await directory.PutAsync(second).IsAcceptedAsync(HttpStatusCode.OK, "same");
        await directory.PutAsync(owner.Sign("quotes")).IsRefusedAsync(HttpStatusCode.Conflict, "serial 1", "RolledBack");
        await directory.PutAsync(owner.Sign("quotes", 2, c => c with { Title = "other" })).IsRefusedAsync(HttpStatusCode.Conflict, "same serial 2", "RolledBack");
        await directory.PutAsync(stranger.Sign("quotes", 3)).IsRefusedAsync(HttpStatusCode.Forbidden, stranger.Key, "WrongKey");
        await directory.PutAsync(owner.Sign("other"), "quotes").IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "was sent to 'quotes'", "WrongName");
        var ended = owner.Sign("quotes", 3, c => c with { Issued = Publisher.Now.AddDays(-9), Expires = Publisher.Now.AddDays(-1) });
        await directory.PutAsync(ended).IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "ended", "Expired");
        Assert.Equal(second.Document.ToArray(), await directory.GetAsync("quotes"));
    }

    [Fact]
    public async Task One_changed_byte_is_refused()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        var text = System.Text.Encoding.UTF8.GetString(owner.Sign("quotes").Document.Span);
        var at = text.IndexOf("\"payload\":\"", StringComparison.Ordinal) + 40;
        var tampered = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

        using var reply = await directory.PutAsync("quotes", new StringContent(tampered));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(0, directory.Store.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"protected\":1}")]
    [InlineData("\u0000\u0001")]
    public async Task What_is_no_certificate_is_refused_in_one_line(string body)
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        await directory.PutAsync("quotes", new StringContent(body)).IsRefusedAsync(HttpStatusCode.BadRequest, "The certificate sent", "Malformed");
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e")]
    [InlineData("a%00b")]
    [InlineData("x'%20OR%20'1'='1")]
    [InlineData("%F0%9F%8E%89")]
    [InlineData("quotes%3Fx")]
    public async Task A_path_that_is_no_name_is_refused(string name)
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        using var got = await directory.Http.GetAsync("/v1/services/" + name, Cancel);
        using var put = await directory.PutAsync(owner.Sign("quotes"), name);

        Assert.InRange((int)got.StatusCode, 400, 404);
        Assert.InRange((int)put.StatusCode, 400, 405);
        Assert.Equal(0, directory.Store.Count);
    }

    [Fact]
    public async Task An_unchanged_document_costs_no_bytes_and_HEAD_has_none()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        await directory.PutAsync(owner.Sign("quotes"));
        using var first = await directory.Http.GetAsync("/v1/services/quotes", Cancel);

        using var again = await directory.Http.SendAsync(Asking(HttpMethod.Get, first.Headers.ETag!.Tag), Cancel);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        await directory.PutAsync(owner.Sign("quotes", 2));
        using var changed = await directory.Http.SendAsync(Asking(HttpMethod.Get, first.Headers.ETag.Tag), Cancel);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var head = await directory.Http.SendAsync(Asking(HttpMethod.Head, "\"other\""), Cancel);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.True(head.Content.Headers.ContentLength > 100);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));

        static HttpRequestMessage Asking(HttpMethod method, string tag) => new(method, "/v1/services/quotes") { Headers = { { "If-None-Match", tag } } };
    }

    [Fact]
    public async Task What_nobody_has_taken_is_not_found()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        await directory.Http.GetAsync("/v1/services/quotes", Cancel).IsRefusedAsync(HttpStatusCode.NotFound, "No service is called 'quotes' here");
        await directory.Http.GetAsync("/v2/anything", Cancel).IsRefusedAsync(HttpStatusCode.NotFound, "/v1/services");
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
