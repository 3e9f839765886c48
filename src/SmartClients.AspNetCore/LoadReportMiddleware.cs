using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SmartClients.AspNetCore;

/// <summary>Counts requests in flight and adds the report to each reply.</summary>
internal sealed class LoadReportMiddleware(RequestDelegate next, LoadState load, ServiceState service, IOptions<LoadReportOptions> options, TimeProvider time)
{
    readonly Func<HttpContext, bool>? sendTo = options.Value.SendTo;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ReplyLoad>() is not null) return next(context);
        var counted = !HelpingEndpoint.IsFor(context);
        var reply = new ReplyLoad(load, service, context.Response) { Counted = counted, Reports = sendTo?.Invoke(context) ?? true };
        context.Features.Set(reply);
        context.Response.OnStarting(ReplyLoad.Write, reply);
        return counted ? CountAsync(context) : next(context);
    }

    async Task CountAsync(HttpContext context)
    {
        var (others, began, failed) = (load.Began(), time.GetTimestamp(), false);
        try
        {
            await next(context);
            failed = context.Response.StatusCode >= 500;
        }
        catch
        {
            // A client that went away is not an error of the server.
            failed = !context.RequestAborted.IsCancellationRequested;
            throw;
        }
        finally
        {
            load.Ended(failed, others, time.GetElapsedTime(began), well: !failed && !context.RequestAborted.IsCancellationRequested);
        }
    }
}
