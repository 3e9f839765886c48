using System.Net;
using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>What an HTTP reply says about the replica.</summary>
internal static class ReplyOutcome
{
    // What a healthy server cannot help saying is the caller's business: 4xx but the ones below, 501, 505 and the like.
    public static Outcome Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status < 500 && status is not (408 or 421 or 425 or 429) ? Outcome.Success : Bad(response, status);
    }

    static Outcome Bad(HttpResponseMessage response, int status)
    {
        var wait = RetryAfter(response);
        var outcome = new Outcome { Answered = true, RetryAfter = wait, Reason = $"HTTP {status}", IsOfTheServer = status == 503 };
        return response.StatusCode switch
        {
            // Refused before anything was done.
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.MisdirectedRequest or (HttpStatusCode)425 =>
                outcome with { Kind = OutcomeKind.PushedBack, Delivery = Delivery.Rejected },
            // A server that says when to come back has refused; one that only says 503 may have stopped half-way.
            HttpStatusCode.ServiceUnavailable when wait > TimeSpan.Zero || response.Headers.RetryAfter is not null =>
                outcome with { Kind = OutcomeKind.PushedBack, Delivery = Delivery.Rejected },
            HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                or (>= (HttpStatusCode)520 and <= (HttpStatusCode)599) =>
                outcome with { Kind = OutcomeKind.Failed, Delivery = Delivery.MayHaveExecuted },
            _ => Outcome.Success,
        };
    }

    // A date is taken relative to the reply's own Date, so that no two clocks need to agree.
    static TimeSpan RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        if (header is null) return TimeSpan.Zero;
        var wait = header.Delta ?? (header.Date is { } at && response.Headers.Date is { } sent ? at - sent : TimeSpan.Zero);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
