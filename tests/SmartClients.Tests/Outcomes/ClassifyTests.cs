using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using SmartClients.Outcomes;

namespace SmartClients.Tests.Outcomes;

public class ClassifyTests
{
    static readonly Exception Refused = new SocketException((int)SocketError.ConnectionRefused);

    public static TheoryData<Exception, OutcomeKind, Delivery, string> Errors => new()
    {
        { Refused, OutcomeKind.Failed, Delivery.NeverSent, "connection refused" },
        { new SocketException((int)SocketError.HostNotFound), OutcomeKind.Failed, Delivery.NeverSent, "name not found" },
        { new SocketException((int)SocketError.NetworkUnreachable), OutcomeKind.Failed, Delivery.NeverSent, "unreachable" },
        { new SocketException((int)SocketError.ConnectionReset), OutcomeKind.Failed, Delivery.MayHaveExecuted, "connection reset" },
        { new SocketException((int)SocketError.TimedOut), OutcomeKind.Failed, Delivery.MayHaveExecuted, "timed out" },
        { new AuthenticationException("bad certificate"), OutcomeKind.Failed, Delivery.NeverSent, "TLS handshake failed: bad certificate" },
        { new TimeoutException(), OutcomeKind.Failed, Delivery.MayHaveExecuted, "timed out" },
        { new TaskCanceledException("slow", new TimeoutException()), OutcomeKind.Failed, Delivery.MayHaveExecuted, "timed out" },
        { new IOException("broken", new SocketException((int)SocketError.ConnectionReset)), OutcomeKind.Failed, Delivery.MayHaveExecuted, "connection reset" },
        { new EndOfStreamException("cut short"), OutcomeKind.Failed, Delivery.MayHaveExecuted, "cut short" },
        { new HttpRequestException(HttpRequestError.NameResolutionError), OutcomeKind.Failed, Delivery.NeverSent, "name not found" },
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", Refused), OutcomeKind.Failed, Delivery.NeverSent, "connection refused" },
        { new HttpRequestException(HttpRequestError.ConnectionError), OutcomeKind.Failed, Delivery.NeverSent, "cannot connect" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "tls"), OutcomeKind.Failed, Delivery.NeverSent, "TLS handshake failed: tls" },
        { new HttpRequestException("x", null, System.Net.HttpStatusCode.BadGateway), OutcomeKind.Failed, Delivery.MayHaveExecuted, "HTTP 502" },
        { new HttpRequestException(HttpRequestError.ResponseEnded, "ended"), OutcomeKind.Failed, Delivery.MayHaveExecuted, "ended" },
        { new HttpRequestException("x", new HttpProtocolException(7, "refused", null)), OutcomeKind.PushedBack, Delivery.Rejected, "stream refused" },
        { new HttpRequestException("x", new HttpProtocolException(0x10B, "refused", null)), OutcomeKind.PushedBack, Delivery.Rejected, "stream refused" },
        { new HttpRequestException("x", new HttpProtocolException(2, "internal", null)), OutcomeKind.Failed, Delivery.MayHaveExecuted, "internal (HttpProtocolError)" },
        { new HttpRequestException(HttpRequestError.ConnectionError, "x", new RequestException("too late", Delivery.NeverSent)), OutcomeKind.Failed, Delivery.NeverSent, "too late" },
        { new HttpRequestException(HttpRequestError.Unknown, "x", new ServiceUnavailableException("nobody")), OutcomeKind.Failed, Delivery.NeverSent, "nobody" },
        { new ServiceUnavailableException("nobody\n  a:1: broken"), OutcomeKind.Failed, Delivery.NeverSent, "nobody" },
        { new WebSocketException(WebSocketError.Faulted, "x", new HttpRequestException(HttpRequestError.ConnectionError, "x", Refused)), OutcomeKind.Failed, Delivery.NeverSent, "connection refused" },
        { new WebSocketException(WebSocketError.Faulted, "cannot connect", new InvalidOperationException("what a browser says")), OutcomeKind.Failed, Delivery.MayHaveExecuted, "cannot connect" },
        { new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "cut short"), OutcomeKind.Failed, Delivery.MayHaveExecuted, "cut short" },
        { new WebException("x", Refused, WebExceptionStatus.UnknownError, null), OutcomeKind.Failed, Delivery.NeverSent, "connection refused" },
        { new WebException("x", WebExceptionStatus.ConnectFailure), OutcomeKind.Failed, Delivery.NeverSent, "cannot connect" },
        { new WebException("x", WebExceptionStatus.NameResolutionFailure), OutcomeKind.Failed, Delivery.NeverSent, "name not found" },
        { new WebException("cut short", WebExceptionStatus.ReceiveFailure), OutcomeKind.Failed, Delivery.MayHaveExecuted, "cut short" },
        { new WebException("given up", new OperationCanceledException("x"), WebExceptionStatus.RequestCanceled, null), OutcomeKind.NotItsFault, Delivery.MayHaveExecuted, "given up" },
        { new RequestException("ftp 421"), OutcomeKind.Failed, Delivery.MayHaveExecuted, "ftp 421" },
        { new RequestException("no route", Delivery.NeverSent), OutcomeKind.Failed, Delivery.NeverSent, "no route" },
        { new RequestException("busy", Delivery.Rejected), OutcomeKind.PushedBack, Delivery.Rejected, "busy" },
        { new InvalidOperationException("a bug"), OutcomeKind.NotItsFault, Delivery.MayHaveExecuted, "a bug" },
        { new FileNotFoundException("no file"), OutcomeKind.NotItsFault, Delivery.MayHaveExecuted, "no file" },
    };

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public void Says_whose_fault_it_is_and_how_far_the_request_got(Exception error, OutcomeKind kind, Delivery delivery, string reason)
    {
        var outcome = Classify.Exception(error);
        Assert.Equal((kind, delivery, reason), (outcome.Kind, outcome.Delivery, outcome.Reason));
        Assert.Same(error, outcome.Error);
        Assert.False(outcome.Answered);
    }

    [Fact]
    public void A_cancellation_that_nobody_here_asked_for_is_a_time_limit_of_the_actions_own_and_no_more_than_a_suspicion()
    {
        foreach (var error in new Exception[] { new OperationCanceledException("x"), new WebSocketException(WebSocketError.Faulted, "x", new TaskCanceledException("y")) })
        {
            var outcome = Classify.Exception(error);
            Assert.Equal((OutcomeKind.Failed, Delivery.MayHaveExecuted, true), (outcome.Kind, outcome.Delivery, outcome.Answered));
            Assert.Same(error, outcome.Error);
        }
    }

    [Fact]
    public void A_request_exception_may_ask_for_rest() =>
        Assert.Equal(TimeSpan.FromSeconds(3), Classify.Exception(new RequestException("busy", Delivery.Rejected) { RetryAfter = TimeSpan.FromSeconds(3) }).RetryAfter);

    [Fact]
    public async Task The_platforms_own_connect_time_out_was_never_sent()
    {
        using var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ConnectCallback = async (_, cancel) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return Stream.Null;
            },
        };
        using var invoker = new HttpMessageInvoker(sockets);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:1/");
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal((OutcomeKind.Failed, Delivery.NeverSent), (Classify.Exception(error).Kind, Classify.Exception(error).Delivery));
    }

    [Theory]
    [InlineData(404, OutcomeKind.NotItsFault)]
    [InlineData(429, OutcomeKind.Failed)]
    [InlineData(500, OutcomeKind.Failed)]
    public void A_status_that_is_the_requests_own_fault_is_not_the_replicas(int status, OutcomeKind kind) =>
        Assert.Equal(kind, Classify.Exception(new HttpRequestException("bad", null, (System.Net.HttpStatusCode)status)).Kind);
}
