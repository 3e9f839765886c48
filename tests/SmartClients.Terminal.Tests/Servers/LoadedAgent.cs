using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Learning;
using SmartClients.Testing;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>What <c>smart agent</c> serves, of a machine that is as loaded as the test says.</summary>
internal sealed class LoadedAgent : IAsyncDisposable
{
    readonly WebApplication app;

    LoadedAgent(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>How often it was asked.</summary>
    public int Questions { get; private set; }

    public double Load { get; set; }

    public static async Task<LoadedAgent> StartAsync(double load, CancellationToken cancel)
    {
        LoadedAgent? agent = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Never one that another test had: who asked that one may still ask.
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Find()}");
        builder.Services.AddLoadReports(options =>
        {
            options.Figures = () => new LoadReport { CpuUtilization = agent!.Load };
            options.SampleInterval = TimeSpan.FromMilliseconds(100);
        });
        var app = builder.Build();
        agent = new LoadedAgent(app) { Load = load };
        app.Use((context, next) =>
        {
            agent.Questions++;
            return next(context);
        });
        app.MapLoadReports();
        await app.StartAsync(cancel);
        return agent;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
