using System.Net;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Testing;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Http;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Http;

public class HttpFilesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_ignores_ranges_is_told_as_not_honouring_them()
    {
        using var server = new ScriptedHttpServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789");
        await using var http = new HttpFiles(new ProtocolOptions());
        await using var file = await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), new FilePart(4, 2), Cancel);
        Assert.Equal((0L, false, 10L), (file.Start, file.Honoured, file.Facts.Size));
        Assert.Equal("0123456789", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
        Assert.Contains("Range: bytes=4-5", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes 0-1/10")]
    [InlineData("bytes 4-6/10")]
    [InlineData("bytes 4-12/10")]
    [InlineData("nonsense")]
    [InlineData("bytes */10")]
    public async Task A_part_other_than_the_one_asked_for_is_refused(string range)
    {
        using var server = new ScriptedHttpServer(_ => $"HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\nContent-Range: {range}\r\n\r\n45");
        await using var http = new HttpFiles(new ProtocolOptions());
        var wrong = await Assert.ThrowsAsync<FileException>(async () => await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), new FilePart(4, 2), Cancel));
        Assert.Equal(FileProblem.Malformed, wrong.Problem);
    }

    [Theory]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\n\r\n45")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=x\r\nContent-Length: 2\r\n\r\n45")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\nContent-Range: bytes 4-5/10\r\n\r\n456")]
    public async Task A_part_that_does_not_say_which_or_contradicts_itself_is_refused(string reply)
    {
        using var server = new ScriptedHttpServer(_ => reply);
        await using var http = new HttpFiles(new ProtocolOptions());
        Assert.Equal(FileProblem.Malformed, (await Assert.ThrowsAsync<FileException>(
            async () => await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), new FilePart(4, 2), Cancel))).Problem);
    }

    [Fact]
    public async Task A_shorter_part_than_asked_for_ends_as_an_error()
    {
        using var server = new ScriptedHttpServer(_ => "HTTP/1.1 206 Partial Content\r\nContent-Length: 2\r\nContent-Range: bytes 4-5/10\r\n\r\n45");
        await using var http = new HttpFiles(new ProtocolOptions());
        await using var file = await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), new FilePart(4), Cancel);
        var buffer = new byte[2];
        await file.Content.ReadExactlyAsync(buffer, Cancel);
        Assert.Equal("45"u8.ToArray(), buffer);
        Assert.Equal(FileProblem.Broken, (await Assert.ThrowsAsync<FileException>(async () => await file.Content.ReadExactlyAsync(buffer, Cancel))).Problem);
    }

    [Fact]
    public async Task A_body_that_ends_early_ends_as_an_error()
    {
        using var server = new ScriptedHttpServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
        await using var http = new HttpFiles(new ProtocolOptions());
        await using var file = await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), FilePart.Whole, Cancel);
        Assert.Equal(FileProblem.Broken, (await Assert.ThrowsAsync<FileException>(async () => await file.Content.CopyToAsync(Stream.Null, Cancel))).Problem);
    }

    [Theory]
    [InlineData("404 Not Found", FileProblem.Missing, Delivery.MayHaveExecuted)]
    [InlineData("410 Gone", FileProblem.Missing, Delivery.MayHaveExecuted)]
    [InlineData("401 Unauthorized", FileProblem.Denied, Delivery.MayHaveExecuted)]
    [InlineData("403 Forbidden", FileProblem.Denied, Delivery.MayHaveExecuted)]
    [InlineData("429 Too Many Requests\r\nRetry-After: 7", FileProblem.Busy, Delivery.Rejected)]
    [InlineData("503 Service Unavailable\r\nRetry-After: 7", FileProblem.Busy, Delivery.Rejected)]
    [InlineData("500 Oops", FileProblem.Broken, Delivery.MayHaveExecuted)]
    [InlineData("418 Teapot", FileProblem.Unsupported, Delivery.MayHaveExecuted)]
    [InlineData("204 No Content", FileProblem.Malformed, Delivery.MayHaveExecuted)]
    [InlineData("304 Not Modified", FileProblem.Malformed, Delivery.MayHaveExecuted)]
    public async Task A_status_is_told_for_what_it_is(string status, FileProblem problem, Delivery delivery)
    {
        using var server = new ScriptedHttpServer(_ => $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        await using var http = new HttpFiles(new ProtocolOptions());
        var told = await Assert.ThrowsAsync<FileException>(async () => await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), FilePart.Whole, Cancel));
        Assert.Equal((problem, delivery, $"HTTP {status.Split('\r')[0]}"), (told.Problem, told.Delivery, told.Message));
        if (problem == FileProblem.Busy) Assert.Equal(TimeSpan.FromSeconds(7), told.RetryAfter);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx")]
    public async Task What_is_not_http_or_not_the_file_itself_is_refused(string reply)
    {
        using var server = new ScriptedHttpServer(_ => reply);
        await using var http = new HttpFiles(new ProtocolOptions());
        var told = await Assert.ThrowsAsync<FileException>(async () => await http.OpenAsync(FileAddress.Parse(server.Url + "/f"), FilePart.Whole, Cancel));
        Assert.True(told.Problem is FileProblem.Malformed or FileProblem.Unsupported, told.ToString());
    }

    [Fact]
    public async Task A_page_where_a_file_was_expected_is_told_by_its_type()
    {
        using var server = new ScriptedHttpServer(_ => "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\nContent-Length: 2\r\n\r\nno");
        await using var http = new HttpFiles(new ProtocolOptions());
        Assert.Equal("text/html", (await http.LookAsync(FileAddress.Parse(server.Url + "/f"), Cancel)).ContentType);
    }

    [Fact]
    public async Task Redirections_are_followed_and_told_and_take_no_password_along()
    {
        using var other = new ScriptedHttpServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var server = new ScriptedHttpServer(path => path == "/a" ? "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n" : $"HTTP/1.1 307 Temporary\r\nLocation: {other.Url}/c?d\r\n\r\n");
        await using var http = new HttpFiles(new ProtocolOptions());
        await using var file = await http.OpenAsync(FileAddress.Parse(server.Url.Replace("//", "//me:secret@", StringComparison.Ordinal) + "/a"), FilePart.Whole, Cancel);
        Assert.Equal(other.Url + "/c?d", file.Facts.RedirectedTo!.ToString());
        Assert.Equal("ok", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
        Assert.All(server.Requests, request => Assert.Contains("Authorization: Basic bWU6c2VjcmV0", request, StringComparison.Ordinal));
        Assert.DoesNotContain("Authorization", other.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/f", FileProblem.Malformed)]
    [InlineData("file:///etc/passwd", FileProblem.Unsupported)]
    [InlineData("", FileProblem.Malformed)]
    public async Task Redirections_that_lead_nowhere_are_refused(string to, FileProblem problem)
    {
        using var server = new ScriptedHttpServer(_ => $"HTTP/1.1 301 Moved\r\n{(to.Length > 0 ? $"Location: {to}\r\n" : "")}Content-Length: 0\r\n\r\n");
        await using var http = new HttpFiles(new ProtocolOptions());
        Assert.Equal(problem, (await Assert.ThrowsAsync<FileException>(async () => await http.LookAsync(FileAddress.Parse(server.Url + "/f"), Cancel))).Problem);
        Assert.InRange(server.Requests.Count, 1, 11);
    }

    [Fact]
    public void A_redirection_away_from_tls_is_refused()
    {
        using var reply = new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("http://host/") } };
        var hops = 0;
        Assert.Equal(FileProblem.Untrusted, Assert.Throws<FileException>(() => Redirection.Of(reply, new Uri("https://host/"), ref hops)).Problem);
    }

    [Fact]
    public async Task What_describes_the_file_is_handed_on()
    {
        using var server = new ScriptedHttpServer(_ =>
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: W/\"weak\"\r\nLast-Modified: Tue, 24 Nov 2026 07:15:00 GMT\r\nAccept-Ranges: bytes\r\n"
            + "Link: <http://m/f>; rel=duplicate; pri=1\r\nLink: <http://m/f.meta4>; rel=describedby\r\nRepr-Digest: sha-256=:AAAA:\r\nDigest: SHA-256=AAAA\r\n\r\nok");
        await using var http = new HttpFiles(new ProtocolOptions());
        var facts = await http.LookAsync(FileAddress.Parse(server.Url + "/f"), Cancel);
        Assert.Equal(("Tue, 24 Nov 2026 07:15:00 GMT", true), (facts.Version, facts.Ranges));
        Assert.Equal(["<http://m/f>; rel=duplicate; pri=1", "<http://m/f.meta4>; rel=describedby"], facts.Links);
        Assert.Equal(["sha-256=:AAAA:", "SHA-256=AAAA"], facts.Digests);
    }

    [Fact]
    public async Task A_server_without_head_is_asked_for_a_byte()
    {
        await using var server = await Nginx.StartAsync(Cancel, "location = /f { if ($request_method = HEAD) { return 405; } }");
        server.Put("f", new byte[42]);
        await using var http = new HttpFiles(new ProtocolOptions());
        Assert.Equal(42, (await http.LookAsync(FileAddress.Parse($"http://{server.Address}/f"), Cancel)).Size);
    }

    [Fact]
    public async Task A_server_is_asked_for_the_name_that_its_endpoint_bears()
    {
        await using var server = await Nginx.StartAsync(Cancel, "location = /name { return 200 $host; }");
        await using var http = new HttpFiles(new ProtocolOptions());
        await using var file = await http.OpenAsync(new FileAddress("http", new Endpoint("127.0.0.1", server.Port) { Authority = "mirror.test" }, "/name"), FilePart.Whole, Cancel);
        Assert.Equal("mirror.test", await new StreamReader(file.Content).ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Pieces_of_one_server_come_over_one_connection()
    {
        await using var server = await Nginx.StartAsync(Cancel, "location = /connection { return 200 $connection; }");
        await using var http = new HttpFiles(new ProtocolOptions());
        var seen = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await using var file = await http.OpenAsync(FileAddress.Parse($"http://{server.Address}/connection"), FilePart.Whole, Cancel);
            seen.Add(await new StreamReader(file.Content).ReadToEndAsync(Cancel));
        }
        Assert.Single(seen.Distinct());
    }
}
