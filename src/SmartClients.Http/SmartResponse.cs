using SmartClients.Naming;

namespace SmartClients.Http;

/// <summary>What a reply tells of its way.</summary>
public static class SmartResponse
{
    /// <summary>The replica that answered; <see langword="null"/> for a response that came from nowhere.</summary>
    public static Endpoint? AnsweredBy(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } at && at.Port > 0 ? new Endpoint(at.IdnHost.Trim('[', ']'), at.Port) : null;
    }

    /// <summary>Which attempt of its request this reply answers, counted from 1.</summary>
    public static int Attempt(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage is RepeatedRequest repeated ? repeated.Number : 1;
    }
}
