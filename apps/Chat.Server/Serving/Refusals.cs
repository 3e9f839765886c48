using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartClients.Chat.Server.Serving;

/// <summary>Turns what was thrown into an answer.</summary>
internal sealed partial class Refusals(RequestDelegate next, ILogger<Refusals> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            if (Refusal.Of(error) is not { } refusal)
            {
                Failed(error, context.Request.Path);
                refusal = new Refusal(StatusCodes.Status500InternalServerError, "The chat server could not do this: its log says why.");
            }
            await refusal.WriteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "A request for {path} failed")]
    partial void Failed(Exception error, PathString path);
}
