using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClients.Http.Documents;
using SmartClients.Naming;

namespace SmartClients.Benchmarks.Changes;

/// <summary>A document on a web server, with an entity tag.</summary>
sealed class WebGroup : ChangingGroup
{
    readonly WebApplication app;
    volatile string document = "";

    WebGroup()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public static async Task<ChangingGroup> StartAsync()
    {
        var group = new WebGroup();
        await group.app.StartAsync();
        return group;
    }

    public override Task SetAsync(IReadOnlyList<string> addresses)
    {
        document = Document(addresses);
        return Task.CompletedTask;
    }

    public override NameSource Open() => Names.Core.WithHttp().Open(app.Urls.Single() + "/members.json");

    Task AnswerAsync(HttpContext context)
    {
        var now = document;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(now)))}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch != tag) return context.Response.WriteAsync(now, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => app.DisposeAsync();
}
