using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public sealed class ClientPageTests : IDisposable
{
    readonly string around = Directory.CreateTempSubdirectory("smart-page-").FullName;
    readonly string folder;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ClientPageTests()
    {
        File.WriteAllText(Path.Combine(around, "secret"), "");
        folder = Directory.CreateDirectory(Path.Combine(around, "page")).FullName;
        Write("index.html", "<!doctype html>");
        Write("main.js", "plain");
        Directory.CreateDirectory(Path.Combine(folder, "_framework"));
        Write("_framework/icu.dat", "data");
        Write("_framework/core.wasm", "wasm");
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/index.html", "text/html")]
    [InlineData("/main.js", "text/javascript")]
    [InlineData("/_framework/icu.dat", "application/octet-stream")]
    [InlineData("/_framework/core.wasm", "application/wasm")]
    public async Task Its_files_have_their_types_and_are_asked_for_again_each_time(string path, string type)
    {
        await using var server = await StartAsync();
        using var reply = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, type), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        Assert.True(reply.Headers.CacheControl!.NoCache);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(reply.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task The_smallest_form_that_the_browser_takes_is_sent_as_what_it_is(string? accepted, string? coding)
    {
        foreach (var file in (string[])["main.js", "index.html"])
        {
            Compress(file + ".br", stream => new BrotliStream(stream, CompressionLevel.Fastest), file + " compressed");
            Compress(file + ".gz", stream => new GZipStream(stream, CompressionLevel.Fastest), file + " compressed");
        }
        await using var server = await StartAsync();
        foreach (var (path, type) in new[] { ("/main.js", "text/javascript"), ("/", "text/html") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            using var reply = await server.Client.SendAsync(request, Cancel);
            Assert.Equal((coding, type), (reply.Content.Headers.ContentEncoding.SingleOrDefault(), reply.Content.Headers.ContentType!.MediaType));
            Assert.Contains("Accept-Encoding", reply.Headers.Vary);
            var body = await reply.Content.ReadAsStreamAsync(Cancel);
            using var reader = new StreamReader(coding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body });
            Assert.Equal(coding is not null, (await reader.ReadToEndAsync(Cancel)).EndsWith("compressed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_has_is()
    {
        await using var server = await StartAsync();
        using var first = await server.Client.GetAsync(new Uri("/main.js", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync());
        Write("main.js", "something else");
        Assert.Equal(HttpStatusCode.OK, await AgainAsync());

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/main.js");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var reply = await server.Client.SendAsync(request, Cancel);
            return reply.StatusCode;
        }
    }

    [Theory]
    [InlineData("/page/", HttpStatusCode.OK)]
    [InlineData("/page/main.js", HttpStatusCode.OK)]
    [InlineData("/main.js", HttpStatusCode.NotFound)]
    [InlineData("/page/%2e%2e/secret", HttpStatusCode.NotFound)]
    [InlineData("/page/..%2fsecret", HttpStatusCode.NotFound)]
    [InlineData("/pages/main.js", HttpStatusCode.NotFound)]
    public async Task It_is_served_below_its_path_and_nothing_else_is(string path, HttpStatusCode status)
    {
        await using var server = await StartAsync("/page");
        using var reply = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(status, reply.StatusCode);
    }

    [Fact]
    public async Task A_folder_without_a_page_is_told()
    {
        File.Delete(Path.Combine(folder, "index.html"));
        Assert.Contains($"'{folder}' has no index.html", (await Assert.ThrowsAsync<IOException>(() => StartAsync())).Message, StringComparison.Ordinal);
    }

    Task<RunningServer> StartAsync(string at = "") => RunningServer.StartAsync(_ => { }, app => app.UseClientPage(folder, at));

    void Write(string file, string content) => File.WriteAllText(Path.Combine(folder, file), content);

    void Compress(string file, Func<Stream, Stream> coding, string content)
    {
        using var compressed = coding(File.Create(Path.Combine(folder, file)));
        compressed.Write(Encoding.UTF8.GetBytes(content));
    }

    public void Dispose() => Directory.Delete(around, recursive: true);
}
