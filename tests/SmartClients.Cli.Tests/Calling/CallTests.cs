using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Calling;

public class CallTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_of_nginx_comes_out_as_it_is()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var smart = await Smart.RunAsync("call", $"list:{nginx.Address}/hello.txt");

        Assert.Equal(new Smart(0, "hello\n", ""), smart);
    }

    [Fact]
    public async Task A_dead_member_is_not_seen()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        var file = folder.Write("members.json", $$"""{"members":["127.0.0.1:{{FreePort.Find()}}","127.0.0.1:{{FreePort.Find()}}",{"address":"{{nginx.Address}}"}]}""");

        var smart = await Smart.RunAsync("call", $"file:{file}/hello.txt");

        Assert.Equal(new Smart(0, "hello\n", ""), smart);
    }

    [Fact]
    public async Task Method_headers_data_and_query_arrive()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var plain = await Smart.RunAsync("call", $"list:{nginx.Address}/echo?a=1", "-H", "X-Test: yes");
        var form = await Smart.RunAsync("call", $"list:{nginx.Address}/echo", "-d", "12345");
        var json = await Smart.RunAsync("call", $"list:{nginx.Address}/echo", "-X", "PUT", "-d", "{}", "-H", "Content-Type: application/json");
        await using var piped = Smart.Start("call", $"list:{nginx.Address}/echo", "-d", "@-");
        await piped.InputAsync("123");
        var input = await Smart.EndAsync(piped);

        Assert.Equal("GET [yes] []  a=1", plain.Output);
        Assert.Equal("POST [] [application/x-www-form-urlencoded] 5 ", form.Output);
        Assert.Equal("PUT [] [application/json] 2 ", json.Output);
        Assert.Equal("POST [] [application/x-www-form-urlencoded] 3 ", input.Output);
    }

    [Fact]
    public async Task An_error_status_is_one_line_and_exit_code_1()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var missing = await Smart.RunAsync("call", $"list:{nginx.Address}/missing");
        var broken = await Smart.RunAsync("call", $"list:{nginx.Address}/broken");

        Assert.Equal($"smart: HTTP 404 Not Found from {nginx.Address}", missing.Problem);
        Assert.Equal($"smart: HTTP 500 Internal Server Error from {nginx.Address}", broken.Problem);
        Assert.Equal((1, 1), (missing.Exit, broken.Exit));
    }

    [Fact]
    public async Task Nobody_there_is_one_line_and_exit_code_1()
    {
        var (a, b) = (FreePort.Find(), FreePort.Find());

        var smart = await Smart.RunAsync("call", $"list:127.0.0.1:{a},127.0.0.1:{b}/");

        Assert.Contains("every replica failed", smart.Problem, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{a}: connection refused", smart.Problem, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{b}: connection refused", smart.Problem, StringComparison.Ordinal);
        Assert.Equal((1, ""), (smart.Exit, smart.Output));
    }

    [Fact]
    public async Task Verbose_tells_why_each_replica_was_picked()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        var dead = $"127.0.0.1:{FreePort.Find()}";

        var smart = await Smart.RunAsync("call", $"list:{dead},{nginx.Address}/hello.txt", "-v", "-i");

        Assert.Contains("* attempt 1 (the first) to 127.0.0.1:", smart.Errors, StringComparison.Ordinal);
        Assert.Contains($"* answered by {nginx.Address} at attempt", smart.Errors, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", smart.Output, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 6\r\n", smart.Output, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello\n", smart.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_goes_to_a_file_only_when_it_is_whole()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "page");

        var smart = await Smart.RunAsync("call", $"list:{nginx.Address}/hello.txt", "-o", file);
        var failed = await Smart.RunAsync("call", $"list:127.0.0.1:{FreePort.Find()}/", "-o", file + "2");

        Assert.Equal(new Smart(0, "", ""), smart);
        Assert.Equal(1, failed.Exit);
        Assert.Equal("hello\n", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task One_reply_as_a_document()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var json = (await Smart.RunAsync("call", $"list:{nginx.Address}/hello.txt", "--json")).Json;

        Assert.Equal(200, json.GetProperty("status").GetInt32());
        Assert.Equal(nginx.Address, json.GetProperty("answered_by").GetString());
        Assert.Equal(1, json.GetProperty("attempts").GetInt32());
        Assert.Equal(6, json.GetProperty("bytes").GetInt64());
        Assert.Equal("hello\n", json.GetProperty("body").GetString());
        Assert.Equal("text/plain", json.GetProperty("headers").GetProperty("Content-Type").GetString());
    }
}
