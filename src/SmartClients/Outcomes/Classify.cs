using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace SmartClients.Outcomes;

/// <summary>What an exception of the base class library says about the replica that the action talked to.</summary>
public static class Classify
{
    /// <summary>The outcome of an attempt that threw.</summary>
    /// <remarks>
    /// Connections refused, unreachable or failing their handshake were never sent; broken connections and time-outs may have
    /// executed; a <see cref="RequestException"/> says it itself, and so does the <see cref="ServiceUnavailableException"/> of a
    /// director beneath this one. An <see cref="OperationCanceledException"/> is taken for a time limit of the action's own: a director
    /// asks here only where neither its caller nor itself has cancelled. It is no more than a suspicion (<see cref="Outcome.Answered"/>),
    /// since a token that the action brought along may be the caller's after all. Everything else is taken for a bug in the action and
    /// is not the replica's fault.
    /// </remarks>
    public static Outcome Exception(Exception error) => error switch
    {
        RequestException told => new Outcome
        {
            Kind = told.Delivery == Delivery.Rejected ? OutcomeKind.PushedBack : OutcomeKind.Failed,
            Delivery = told.Delivery,
            RetryAfter = told.RetryAfter,
            Reason = told.Message,
            Error = told,
        },
        ServiceUnavailableException told => Below(told, told),
        SocketException socket => Outcome.Failure(Socket(socket), Words(socket), socket),
        AuthenticationException => Outcome.Failure(Delivery.NeverSent, "TLS handshake failed: " + error.Message, error),
        HttpRequestException http => Http(http),
        TimeoutException => Outcome.Failure(Delivery.MayHaveExecuted, "timed out", error),
        OperationCanceledException { InnerException: TimeoutException late } when IsConnect(late) => Outcome.Failure(Delivery.NeverSent, "cannot connect in time", error),
        OperationCanceledException { InnerException: TimeoutException } => Outcome.Failure(Delivery.MayHaveExecuted, "timed out", error),
        OperationCanceledException => Outcome.Failure(Delivery.MayHaveExecuted, "given up by the action itself", error) with { Answered = true },
        FileNotFoundException or DirectoryNotFoundException or PathTooLongException or DriveNotFoundException => Outcome.Fault(error),
        IOException { InnerException: SocketException inner } => Outcome.Failure(Delivery.MayHaveExecuted, Words(inner), error),
        IOException => Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error),
        // What a browser has inside when it cannot connect is its own, and says nothing: that a connection broke is certain all the same.
        WebSocketException { InnerException: { } inner } when Exception(inner) is { Kind: not OutcomeKind.NotItsFault } known => known with { Error = error },
        WebSocketException => Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error),
        WebException web => Web(web),
        _ => Outcome.Fault(error),
    };

    // SocketsHttpHandler.ConnectTimeout can be told from other time-outs by nothing but the property's name in its message, which is
    // there with and without the platform's texts. Should that change, the request counts as one that may have executed.
    static bool IsConnect(TimeoutException late) => late.Message.Contains("ConnectTimeout", StringComparison.OrdinalIgnoreCase)
        || late.Message.Contains("connect_timedout", StringComparison.Ordinal);

    // What a director beneath says, without what happened at each of its endpoints.
    static Outcome Below(ServiceUnavailableException told, Exception error) =>
        Outcome.Failure(told.Delivery, told.Message.Split('\n', 2)[0], error);

    static Outcome Web(WebException error) => error switch
    {
        { Status: WebExceptionStatus.RequestCanceled } => Outcome.Fault(error),
        { InnerException: { } inner } when Exception(inner) is { Kind: not OutcomeKind.NotItsFault } known => known with { Error = error },
        { Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure } =>
            Outcome.Failure(Delivery.NeverSent, "name not found", error),
        { Status: WebExceptionStatus.ConnectFailure } => Outcome.Failure(Delivery.NeverSent, "cannot connect", error),
        // The server is well, and says that the request is not.
        { Response: HttpWebResponse { StatusCode: < HttpStatusCode.InternalServerError } } => Outcome.Fault(error),
        _ => Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error),
    };

    static Outcome Http(HttpRequestException error) => error switch
    {
        // Who wrapped these says less than they do.
        { InnerException: RequestException told } => Exception(told) with { Error = error },
        { InnerException: ServiceUnavailableException told } => Below(told, error),
        { HttpRequestError: HttpRequestError.NameResolutionError } => Outcome.Failure(Delivery.NeverSent, "name not found", error),
        { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => Outcome.Failure(
            Delivery.NeverSent, error.InnerException is SocketException socket ? Words(socket) : "cannot connect", error),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => Outcome.Failure(
            Delivery.NeverSent, "TLS handshake failed: " + (error.InnerException ?? error).Message, error),
        // What a healthy server cannot help saying, as EnsureSuccessStatusCode throws it.
        { StatusCode: >= (HttpStatusCode)400 and < (HttpStatusCode)500 and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) } =>
            Outcome.Fault(error),
        { StatusCode: { } status } => Outcome.Failure(Delivery.MayHaveExecuted, $"HTTP {(int)status}", error),
        // RFC 9113 §8.7 and RFC 9114 §8.1: a stream refused with REFUSED_STREAM or H3_REQUEST_REJECTED was not processed.
        { InnerException: HttpProtocolException { ErrorCode: 7 or 0x10B } } =>
            Outcome.Failure(Delivery.Rejected, "stream refused", error) with { Kind = OutcomeKind.PushedBack },
        // With nothing inside, it is as likely the request that cannot be sent: a letter in a header that must be ASCII, say.
        { HttpRequestError: HttpRequestError.Unknown, InnerException: null } =>
            Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error) with { Answered = true },
        _ => Outcome.Failure(Delivery.MayHaveExecuted, (error.InnerException ?? error).Message, error),
    };

    static Delivery Socket(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.HostDown or SocketError.HostNotFound or SocketError.HostUnreachable
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.TryAgain or SocketError.NoData
            or SocketError.AddressNotAvailable => Delivery.NeverSent,
        _ => Delivery.MayHaveExecuted,
    };

    static string Words(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "name not found",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        SocketError.TimedOut => "timed out",
        _ => error.Message,
    };
}
