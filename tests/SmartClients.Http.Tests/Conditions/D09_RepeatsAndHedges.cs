using System.Net;
using System.Text;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Conditions;

/// <summary>Hedges and retries: the copy is the original's equal, the winner does not wait for the loser, nothing leaks.</summary>
public class D09_RepeatsAndHedges
{
    static readonly HttpRequestOptionsKey<string> Mark = new("mark");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static DirectorOptions HedgeSoon => new() { HedgeAtFirst = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task A_copy_has_the_same_version_policy_headers_options_and_body()
    {
        var network = new FakeNetwork((message, _) => Answer(message, message.RequestUri!.Port == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        await using var director = Director.For("list:a:1,b:2", new DirectorOptions { Policy = "round-robin" });
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        for (var i = 0; i < 4 && network.Sent.Count < 2; i++)
        {
            network.Sent.Clear();
            var request = new HttpRequestMessage(HttpMethod.Put, "service://quotes/x?y=1")
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new StringContent("body", Encoding.UTF8, "text/csv"),
            };
            request.Headers.Add("X-One", ["1", "2"]);
            request.Options.Set(Mark, "kept");
            using var response = await invoker.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        var (first, second) = (network.Sent[0], network.Sent[1]);
        Assert.NotSame(first, second);
        Assert.Equal(("http://a:1/x?y=1", "http://b:2/x?y=1"), (first.RequestUri!.ToString(), second.RequestUri!.ToString()));
        Assert.Equal((first.Method, first.Version, first.VersionPolicy), (second.Method, second.Version, second.VersionPolicy));
        Assert.Equal(first.Headers.ToString(), second.Headers.ToString());
        Assert.True(second.Options.TryGetValue(Mark, out var mark) && mark == "kept");
        Assert.Equal("body", await second.Content!.ReadAsStringAsync(Cancel));
        Assert.Equal("text/csv", second.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_winner_is_returned_though_the_loser_ignores_cancellation_and_the_losers_body_is_disposed()
    {
        var stuck = new TaskCompletionSource<HttpResponseMessage>();
        var calls = 0;
        var network = new FakeNetwork((message, _) => Interlocked.Increment(ref calls) == 1 ? stuck.Task : Answer(message, HttpStatusCode.OK));
        await using var director = Director.For("list:a:1,b:2", HedgeSoon);
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        using var response = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/"), Cancel);
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, response.Attempt()));
        Assert.Equal(1, director.Members.Sum(m => m.InFlight));

        var late = new WatchedContent();
        stuck.SetResult(new HttpResponseMessage { Content = late });
        await Until.TrueAsync(() => late.Disposed, "the loser's body is disposed");
        await Until.TrueAsync(() => director.Members.Sum(m => m.InFlight) == 0, "the loser is no longer in flight");
    }

    [Fact]
    public async Task A_body_that_cannot_be_sent_again_is_sent_once_with_a_clear_reason()
    {
        var network = new FakeNetwork(async (message, cancel) =>
        {
            await message.Content!.CopyToAsync(Stream.Null, cancel);
            throw new HttpRequestException("broken", new IOException("broken pipe"));
        });
        await using var director = Director.For("list:a:1,b:2", HedgeSoon);
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        var request = new HttpRequestMessage(HttpMethod.Put, "service://quotes/") { Content = new StreamContent(new Endless(1 << 20)) };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(request, Cancel));
        Assert.Single(network.Sent);
        Assert.Contains("cannot be sent again", error.Message, StringComparison.Ordinal);
        Assert.Equal(UnavailableReason.NotRepeatable, Assert.IsType<ServiceUnavailableException>(error.InnerException).Reason);
    }

    [Fact]
    public async Task A_body_that_was_not_begun_may_go_elsewhere_when_the_connection_was_refused()
    {
        var network = new FakeNetwork(async (message, cancel) =>
        {
            if (message.RequestUri!.Port == 1) throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            await message.Content!.CopyToAsync(Stream.Null, cancel);
            return new HttpResponseMessage { RequestMessage = message };
        });
        await using var director = Director.For("list:a:1,b:2", new DirectorOptions { Policy = "round-robin" });
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        for (var i = 0; i < 4; i++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "service://quotes/") { Content = new StreamContent(new Endless(1 << 20)) };
            using var response = await invoker.SendAsync(request, Cancel);
            Assert.Equal("b", response.AnsweredBy()!.Host);
        }
    }

    static Task<HttpResponseMessage> Answer(HttpRequestMessage message, HttpStatusCode status) =>
        Task.FromResult(new HttpResponseMessage(status) { RequestMessage = message });

    sealed class WatchedContent : HttpContent
    {
        public bool Disposed { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>Bytes that can be read once, of a length that nobody is told.</summary>
    sealed class Endless(long left) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var n = (int)Math.Min(left, count);
            left -= n;
            return n;
        }
    }
}
