using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Serving;

/// <summary>A request that is not carried out: the status, and one clear line.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a status and a message.
internal sealed class Refusal(int status, string message) : Exception(message)
#pragma warning restore CA1032
{
    public int Status => status;

    /// <summary>Whether the same may be asked again later, or elsewhere.</summary>
    public bool IsForNow => status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests;

    public static Refusal BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>What an exception means to whoever asked; <see langword="null"/> where it is a bug or a broken machine.</summary>
    public static Refusal? Of(Exception error) => error switch
    {
        Refusal refusal => refusal,
        StoreFailedException failed => new Refusal(StatusCodes.Status503ServiceUnavailable, failed.Message),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, bad.Message),
        _ => null,
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = status;
        if (IsForNow) context.Response.Headers.RetryAfter = "1";
        // What is still on its way is not waited for.
        if (status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout) context.Response.Headers.Connection = "close";
        return context.Response.WriteAsJsonAsync(
            new Problem(ReasonPhrases.GetReasonPhrase(status), status, Message), ChatJson.Plain.Problem, "application/problem+json", context.RequestAborted);
    }
}
