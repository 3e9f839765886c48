using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Servers;

/// <summary>A replica: Kestrel in a process of its own, 16 bytes for each request, and a switch to make it answer something else.</summary>
static class KestrelServer
{
    public static readonly byte[] Body = "0123456789abcdef"u8.ToArray();

    public static async Task RunAsync(Arguments arguments)
    {
        var status = arguments.Count("status", 200);
        // Without a watch on every folder below this one: the kernel would be long in ending a server that is killed.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(arguments.Text("url") ?? "http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(context =>
        {
            if (context.Request.Path.StartsWithSegments("/switch-to", out var wanted)) status = int.Parse(wanted.Value.AsSpan(1), provider: null);
            else context.Response.StatusCode = status;
            context.Response.ContentLength = Body.Length;
            return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
        });
        await ServerProcess.ServeAsync(app);
    }
}
