using System.Net;
using System.Text;
using SmartClients.Http.Etcd;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>What answers in etcd's place, or too much: one clear error each.</summary>
public class BadEtcdTests : EtcdTest
{
    [Theory]
    [InlineData("<html>", 200, "/v3/kv/range is answered with what is not JSON")]
    [InlineData("[]", 200, "etcd's answer cannot be read")]
    [InlineData("""{"header":{"revision":"x"}}""", 200, "\"revision\" is not a number")]
    [InlineData("""{"kvs":[{"key":"!"}]}""", 200, "\"key\" is not in base64")]
    [InlineData("""{"kvs":[{"key":"eA=="}]}""", 200, "the key 'x', which does not begin with 'smartclients/quotes/'")]
    [InlineData("""{"count":"1000000"}""", 200, "names 1,000,000 members; the most is 100,000")]
    [InlineData("Not Found", 404, "HTTP 404: is this etcd 3.4 or later, with its JSON gateway")]
    [InlineData("""{"message":"etcdserver: permission denied","code":7}""", 403, "HTTP 403: etcdserver: permission denied")]
    [InlineData("", 500, "HTTP 500")]
    public async Task An_answer_that_makes_no_sense_is_told(string body, int status, string expected)
    {
        var error = await Assert.ThrowsAsync<EtcdException>(() => FirstAsync((_, _) => Reply(body, status)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_cut_off()
    {
        using var endless = new StreamContent(new EndlessStream());
        var error = await Assert.ThrowsAsync<EtcdException>(() =>
            FirstAsync((_, _) => Task.FromResult(new HttpResponseMessage { Content = endless }), Quick with { Timeout = TimeSpan.FromHours(1) }));
        Assert.Contains("More than 67108864 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up()
    {
        var quick = Quick with { Timeout = TimeSpan.FromMilliseconds(300) };
        var error = await Assert.ThrowsAsync<EtcdException>(() =>
            FirstAsync((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new SilentStream()) }), quick));
        Assert.Contains("not answered within 0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"result\":", "etcd's watch cannot be read")]
    [InlineData("{}", "etcd's watch cannot be read")]
    [InlineData("""{"result":{"canceled":true,"cancel_reason":"permission denied"}}""", "etcd ends the watch: permission denied")]
    [InlineData("""{"error":{"grpc_code":14,"message":"closing"}}""", "etcd ends the watch: closing")]
    [InlineData("", "etcd ends every watch at once")]
    public async Task A_watch_that_makes_no_sense_is_tried_a_few_times_and_then_told(string line, string expected)
    {
        var watches = 0;
        var error = await Assert.ThrowsAsync<EtcdException>(() => FirstAsync((request, _) =>
        {
            if (request.RequestUri!.AbsolutePath == "/v3/kv/range")
                return Reply($$"""{"header":{"revision":"7"},"kvs":[{"key":"{{Testing.Etcd.Base64(Prefix + "a:1")}}","mod_revision":"3"}],"count":"1"}""");
            watches++;
            return Reply(line + "\n");
        }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(4, watches);
    }

    static async Task FirstAsync(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, EtcdOptions? options = null)
    {
        using var network = new FakeNetwork(answer);
        var source = new EtcdNames("quotes@a:1", (options ?? Quick) with { Handler = network, CheckInterval = TimeSpan.FromHours(1) });
        await foreach (var _ in source.WatchAsync(TimeProvider.System, Cancel)) { }
    }

    static Task<HttpResponseMessage> Reply(string body, int status = 200) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return new ValueTask<int>(buffer.Length);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    sealed class SilentStream : EndlessStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
