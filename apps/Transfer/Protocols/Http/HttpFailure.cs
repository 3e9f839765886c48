using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>What it means that there was no reply.</summary>
internal static class HttpFailure
{
    public static FileException Of(Exception error) => error switch
    {
        FileException known => known,
        HttpRequestException { InnerException: AuthenticationException untrusted } => Failures.WhileConnecting(untrusted),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new FileException(FileProblem.Unreachable, "name not found", error),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } =>
            Failures.WhileConnecting(error.InnerException as SocketException ?? error),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            new FileException(FileProblem.Malformed, "not HTTP: " + Failures.OneLine((error.InnerException ?? error).Message), error),
        // Only ConnectTimeout ends a request in this way; the caller's and the reply's limits are told apart before.
        OperationCanceledException => new FileException(FileProblem.Unreachable, "cannot connect in time", error),
        HttpRequestException { InnerException: { } inner } => Failures.WhileReading(inner),
        _ => Failures.WhileReading(error),
    };

    /// <summary>What a status other than success means; <see langword="null"/> where it is none of our failures.</summary>
    public static FileException Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return new FileException(Problem(response.StatusCode), $"HTTP {status}{Reason(response)}") { RetryAfter = Wait(response) };
    }

    static FileProblem Problem(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FileProblem.Missing,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired or (HttpStatusCode)451 => FileProblem.Denied,
        HttpStatusCode.PreconditionFailed => FileProblem.Changed,
        HttpStatusCode.RequestedRangeNotSatisfiable => FileProblem.BeyondEnd,
        HttpStatusCode.RequestTimeout or HttpStatusCode.MisdirectedRequest or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            or (HttpStatusCode)425 => FileProblem.Busy,
        HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => FileProblem.Unsupported,
        >= HttpStatusCode.InternalServerError => FileProblem.Broken,
        >= HttpStatusCode.BadRequest => FileProblem.Unsupported,
        _ => FileProblem.Malformed,
    };

    static string Reason(HttpResponseMessage response) =>
        string.IsNullOrEmpty(response.ReasonPhrase) ? "" : " " + Failures.OneLine(response.ReasonPhrase);

    // A date is taken relative to the reply's own Date, so that no two clocks need to agree.
    static TimeSpan Wait(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } at && response.Headers.Date is { } sent ? at - sent : TimeSpan.Zero);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
