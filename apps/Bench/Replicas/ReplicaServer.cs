using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClients.Bench.Processes;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Replicas;

/// <summary>
/// One replica: an HTTP server in a process of its own. <c>/work/12.5</c> is a request of 12.5 ms; every other path asks only whether it
/// lives. It reads how it is to be from its standard input, a line at a time, and ends when that ends.
/// </summary>
public sealed class ReplicaServer(ReplicaSettings settings, TimeProvider time)
{
    const double LongestMs = 1e8;

    static readonly PathString Work = "/work";
    static readonly byte[] Body = "0123456789abcdef"u8.ToArray();

    readonly Random random = new(settings.Seed);
    readonly Lock chance = new();
    volatile Condition condition = new(1, 1, ServiceOrder.Sharing);

    public async Task RunAsync(TextReader orders, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(output);
        // Ctrl-C in a terminal reaches the whole group of processes; whoever started this one ends it.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var processor = new Processor(time, condition);
        // Looking for changes of settings would watch every folder below this one, and take its time when it is killed.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, settings.Port));
        await using var app = builder.Build();
        app.Run(context => ServeAsync(context, processor));
        await app.StartAsync();
        await output.WriteLineAsync(Child.Listening + app.Urls.First());
        while (await orders.ReadLineAsync() is { } line)
        {
            condition = JsonSerializer.Deserialize(line, Wire.Default.Condition) ?? condition;
            processor.Turn(condition);
            // Whoever gives orders goes on when this one has been carried out.
            await output.WriteLineAsync(Child.Turned);
        }
    }

    async Task ServeAsync(HttpContext context, Processor processor)
    {
        var (now, gone) = (condition, context.RequestAborted);
        try
        {
            if (!context.Request.Path.StartsWithSegments(Work, out var rest))
            {
                if (now.Failing >= 1) await FailAsync(context, now);
                else await AnswerAsync(context);
                return;
            }
            if (!double.TryParse(rest.Value.AsSpan(Math.Min(1, rest.Value!.Length)), CultureInfo.InvariantCulture, out var work) || work is not (>= 0 and <= LongestMs))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            if (Happens(now.Failing))
            {
                await FailAsync(context, now);
                return;
            }
            await processor.ServeAsync(work * (1 - settings.ProcessorShare), gone);
            if (settings.ProcessorShare > 0) Labour.Do((int)(work * settings.ProcessorShare * settings.RoundsPerMs));
            if (Happens(now.Pausing)) await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(Exponential(now.PauseMs), LongestMs)), time, gone);
            await AnswerAsync(context);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    async Task FailAsync(HttpContext context, Condition now)
    {
        if (now.How == FailureWay.Refuse)
        {
            context.Abort();
            return;
        }
        var wait = now.How == FailureWay.Silence ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(now.FailsAfterMs);
        await Task.Delay(wait, time, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentLength = Body.Length;
        return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }

    bool Happens(double share)
    {
        if (share is <= 0 or >= 1) return share >= 1;
        lock (chance) return random.NextDouble() < share;
    }

    double Exponential(double mean)
    {
        lock (chance) return -Math.Log(1 - random.NextDouble()) * mean;
    }
}
