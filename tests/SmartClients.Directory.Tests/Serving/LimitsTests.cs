using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartClients.Directories.Tests.Support;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Directories.Tests.Serving;

/// <summary>What is too large, too slow or too much.</summary>
public sealed class LimitsTests : IDisposable
{
    const int Hundred = 100_000_000;

    readonly TemporaryFolder folder = new();
    readonly Publisher owner = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_megabytes_are_refused_before_one_of_them_is_sent()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        using var client = await ConnectAsync(directory);

        await WriteAsync(client, $"PUT /v1/services/quotes HTTP/1.1\r\nHost: a\r\nContent-Length: {Hundred}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_megabytes_without_a_length_are_refused_after_the_first_few()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        using var client = await ConnectAsync(directory);
        await WriteAsync(client, "PUT /v1/services/quotes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        var sent = 0;
        var reading = ReadToEndAsync(client);

        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");
        var stream = client.GetStream();
        try
        {
            for (; sent < Hundred && !reading.IsCompleted; sent += chunk.Length) await stream.WriteAsync(chunk, Cancel);
        }
        catch (IOException)
        {
            // The directory has hung up.
        }

        // Whoever goes on sending after the answer may lose it with the connection.
        if (await reading is { Length: > 0 } reply) Assert.StartsWith("HTTP/1.1 413 ", reply, StringComparison.Ordinal);
        Assert.True(sent < Hundred);
        Assert.Equal(0, directory.Store.Count);
        Assert.Equal("ok", (await directory.JsonAsync("/healthz")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_body_that_drips_is_cut_off()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path, o => o with { BodyTimeout = TimeSpan.FromMilliseconds(200) });
        using var client = await ConnectAsync(directory);

        await WriteAsync(client, "PUT /v1/services/quotes HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");

        var reply = await ReadToEndAsync(client);
        Assert.StartsWith("HTTP/1.1 408 ", reply, StringComparison.Ordinal);
        Assert.Contains("did not arrive within 0.2 s", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_certificate_allowed_is_taken()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);
        var padding = string.Concat(Enumerable.Repeat("words ", 330)).Trim();
        var large = owner.Sign("quotes", with: c => c with
        {
            Description = padding,
            Endpoints = [.. Enumerable.Range(1, CertificateDocument.MostEndpoints).Select(i => new Naming.Endpoint($"replica-{i}.example.org", 8080))],
        });

        await directory.PutAsync(large).IsAcceptedAsync(HttpStatusCode.Created, "created");

        Assert.True(large.Document.Length > 30_000);
    }

    [Fact]
    public async Task Who_publishes_too_fast_is_told_so_and_readers_are_not_held_up()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path, o => o with { PublicationsPerSecond = 1 });
        HttpStatusCode last;
        var count = 0;
        do
        {
            using var reply = await directory.PutAsync("quotes", new StringContent("{}"));
            last = reply.StatusCode;
        }
        while (last == HttpStatusCode.BadRequest && ++count < 1000);

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        using var read = await directory.Http.GetAsync("/v1/services?q=x", Cancel);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Theory]
    [InlineData("/v1/services?q=x&limit=0", "limit is not a whole number from 1 to 100")]
    [InlineData("/v1/services?q=x&limit=101", "limit is not")]
    [InlineData("/v1/services?q=x&limit=-1", "limit is not")]
    [InlineData("/v1/services?q=x&limit=1&limit=2", "limit is not")]
    [InlineData("/v1/changes?after=-1", "after is not")]
    [InlineData("/v1/changes?after=99999999999999999999", "after is not")]
    [InlineData("/v1/changes?limit=1001", "limit is not")]
    public async Task Numbers_out_of_range_are_named(string path, string expected)
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        await directory.Http.GetAsync(path, Cancel).IsRefusedAsync(HttpStatusCode.BadRequest, expected);
    }

    [Fact]
    public async Task A_query_that_is_too_long_is_refused()
    {
        await using var directory = await RunningDirectory.StartAsync(folder.Path);

        await directory.Http.GetAsync("/v1/services?q=" + new string('x', 300), Cancel).IsRefusedAsync(HttpStatusCode.BadRequest, "q is longer");
    }

    static async Task<TcpClient> ConnectAsync(RunningDirectory directory)
    {
        var client = new TcpClient();
        await client.ConnectAsync(directory.Address.Host, directory.Address.Port, Cancel);
        return client;
    }

    static async Task WriteAsync(TcpClient client, string text) => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancel);

    static async Task<string> ReadToEndAsync(TcpClient client)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        // Taken once: a client whose connection is gone gives none any more.
        var stream = client.GetStream();
        try
        {
            while (await stream.ReadAsync(buffer, Cancel) is > 0 and var read) text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Cut off: what came before counts.
        }
        return text.ToString();
    }

    public void Dispose()
    {
        owner.Dispose();
        folder.Dispose();
    }
}
