using Microsoft.AspNetCore.Http;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>A body copied to where the caller wants it: what goes wrong there is not the replica's doing.</summary>
public class CopiedBodyTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_is_not_the_replicas_fault(bool synchronous)
    {
        await using var server = await Server.StartAsync(StreamAsync);
        await using var director = Director.For("list:" + server.Address);
        using var client = new HttpClient(new SmartHandler(director));
        using var response = await client.GetAsync(new Uri("service://quotes/"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
        {
            if (!synchronous) return response.Content.CopyToAsync(new FullDisk(), Cancel);
            response.Content.CopyTo(new FullDisk(), null, Cancel);
            return Task.CompletedTask;
        });
        Assert.Contains("No space left", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), ((int)director.Members[0].Failures, director.Members[0].InFlight));
    }

    [Fact]
    public async Task The_callers_own_limit_is_not_the_replicas_fault()
    {
        await using var server = await Server.StartAsync(StreamAsync);
        await using var director = Director.For("list:" + server.Address);
        using var client = new HttpClient(new SmartHandler(director)) { MaxResponseContentBufferSize = 1000 };
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("service://quotes/"), Cancel));
        Assert.Equal((0, 0), ((int)director.Members[0].Failures, director.Members[0].InFlight));
    }

    static async Task StreamAsync(HttpContext context)
    {
        for (var i = 0; i < 50; i++) await context.Response.Body.WriteAsync(new byte[10_000], Cancel);
    }

    sealed class FullDisk : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }
}
