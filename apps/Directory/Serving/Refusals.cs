using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartClients.Directories.Serving;

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
            var refusal = Refusal.Of(error) ?? new Refusal(StatusCodes.Status500InternalServerError, "The directory could not do this: its log says why.");
            if (refusal.Status >= StatusCodes.Status500InternalServerError) Failed(error, context.Request.Path);
            context.Response.Clear();
            context.Response.Headers.XContentTypeOptions = "nosniff";
            // What is still on its way is not waited for.
            if (refusal.Status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout) context.Response.Headers.Connection = "close";
            await refusal.WriteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "A request for {path} failed")]
    partial void Failed(Exception error, PathString path);
}
