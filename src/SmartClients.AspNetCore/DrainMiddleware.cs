using Microsoft.AspNetCore.Http;

namespace SmartClients.AspNetCore;

/// <summary>Tells on every reply that the replica is leaving, once it is, and counts what is in flight until then.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, ServiceState service, DrainActivity activity)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            service.WriteTo(context.Response);
            return Task.CompletedTask;
        });
        if (HelpingEndpoint.IsFor(context))
        {
            await next(context);
            return;
        }
        activity.Began();
        try
        {
            await next(context);
        }
        finally
        {
            activity.Ended();
        }
    }
}
