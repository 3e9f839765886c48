using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace SmartClients.Directories.Tests.Support;

/// <summary>A peer that says whatever the test wants.</summary>
internal sealed class FakePeer : IAsyncDisposable
{
    readonly WebApplication app;
    int asked;

    FakePeer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>How often it was asked for changes.</summary>
    public int Asked => Volatile.Read(ref asked);

    public static async Task<FakePeer> StartAsync(Func<string, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var peer = new FakePeer(app);
        app.Run(context =>
        {
            if (context.Request.Path == "/v1/changes") Interlocked.Increment(ref peer.asked);
            return answer(context.Request.Path, context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>A list of changes, in sequence.</summary>
    public static string Changes(params IEnumerable<(string Name, long Serial, string Key)> changes) =>
        $$"""{"store":"fake","last":{{changes.Count()}},"changes":[{{string.Join(',', changes.Select((c, i) =>
            $$"""{"sequence":{{i + 1}},"name":"{{c.Name}}","serial":{{c.Serial}},"key":"{{c.Key}}","digest":"x"}"""))}}]}""";

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
