using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartClients.Chat.Server.Storage;

/// <summary>Tells whoever runs the server when its store cannot be used, and when it can again: in the log, once each, and as its health.</summary>
internal sealed partial class StoreWatch(RoomStore store, TimeProvider time, ILogger<StoreWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Answers 503 with the reason in place of another health, while there is one.</summary>
    public void Watch(IEndpointConventionBuilder health) => health.Add(endpoint =>
    {
        var otherwise = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (store.Problem is not { } problem) return otherwise(context);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(problem, context.RequestAborted);
        };
    });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.ProblemChanged += Changed;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.ProbeAsync(stoppingToken);
            }
            catch (Exception error) when (error is StoreFailedException or OperationCanceledException)
            {
                // It has told.
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Changed(string? problem)
    {
        if (problem is null) Works();
        else Fails(problem);
    }

    public override void Dispose()
    {
        store.ProblemChanged -= Changed;
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "Nothing can be written or read until this is mended: {problem}")]
    partial void Fails(string problem);

    [LoggerMessage(LogLevel.Warning, "The store can be used again")]
    partial void Works();
}
