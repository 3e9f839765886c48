using System.Net;
using SmartClients.Directories.Tests.Support;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Pages;

/// <summary>What people see, and what nobody can put there.</summary>
public sealed class PageTests : IDisposable
{
    const string Attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_leads_to_a_page_that_says_how_to_use_the_service()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        await directory.PutAsync(owner.Sign("now-chat", 3, c => c with
        {
            Title = "Now chat",
            Description = "Rooms to talk in.",
            Keywords = ["talk"],
            Sources = ["srv:_chat._tcp.example.org"],
            Interface = new ClientInterface { Command = "smart chat service://now-chat/lobby", Page = new Uri("https://example.org/chat") },
        }));

        var results = await directory.Http.GetStringAsync("/?q=talk", Cancel);
        Assert.Contains("<a href=\"/services/now-chat\"><bdi>Now chat</bdi></a>", results, StringComparison.Ordinal);
        Assert.Contains("<input type=\"search\" name=\"q\" value=\"talk\"", results, StringComparison.Ordinal);
        var page = await directory.Http.GetStringAsync("/services/now-chat", Cancel);
        foreach (var text in (string[])[
            "Rooms to talk in.", $"service://now-chat@{owner.Key}", "smart chat service://now-chat/lobby", "href=\"https://example.org/chat\"",
            "127.0.0.1:8001", "srv:_chat._tcp.example.org", "<dd>3</dd>"])
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_has_one_heading_one_main_part_and_a_label_at_its_search_box()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        await directory.PutAsync(owner.Sign("quotes"));
        foreach (var path in (string[])["/", "/?q=quotes", "/?q=nothing", "/services/quotes", "/services/nosuch"])
        {
            using var response = await directory.Http.GetAsync(path, Cancel);
            var page = await response.Content.ReadAsStringAsync(Cancel);
            foreach (var once in (string[])["<h1>", "<main>", "<label for=\"q\"", "id=\"q\"", "<html lang=\"en\">", "name=\"viewport\""])
                Assert.Equal(2, page.Split(once).Length);
        }
    }

    [Fact]
    public async Task Nothing_that_was_published_or_asked_is_markup()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        await directory.PutAsync(owner.Sign("quotes", with: c => c with
        {
            Title = "x" + Attack,
            Description = "y" + Attack,
            Keywords = ["z" + Attack],
            Interface = new ClientInterface { Command = "w" + Attack },
        }));

        foreach (var path in (string[])["/", "/?q=" + Uri.EscapeDataString("x" + Attack), "/?q=script", "/services/quotes", "/services/" + Uri.EscapeDataString(Attack)])
        {
            using var response = await directory.Http.GetAsync(path, Cancel);
            var page = await response.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith("default-src 'none'; ", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_policy_allows_the_style_of_the_page_itself_and_no_other()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        using var response = await directory.Http.GetAsync("/", Cancel);
        var page = await response.Content.ReadAsStringAsync(Cancel);

        var style = page.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"'sha256-{hash}'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_has_a_page_that_says_so()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        using var response = await directory.Http.GetAsync("/services/quotes", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("No such service", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_certificate_is_shown()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        var ended = owner.Sign("quotes", with: c => c with { Issued = Publisher.Now.AddDays(-40), Expires = Publisher.Now.AddDays(-1) });
        await directory.Store.PublishAsync([ended], Directories.Publishing.PublicationRules.ForPeers, Publisher.Now, Cancel);

        Assert.Contains("<span class=\"ended\">ended ", await directory.Http.GetStringAsync("/", Cancel), StringComparison.Ordinal);
        Assert.Contains("<span class=\"ended\">ended</span>", await directory.Http.GetStringAsync("/services/quotes", Cancel), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
