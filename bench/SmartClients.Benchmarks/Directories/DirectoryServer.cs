using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;
using SmartClients.Directories;

namespace SmartClients.Benchmarks.Directories;

/// <summary>A directory in a process of its own, without the limit on publications by one address; it also tells its memory.</summary>
static class DirectoryServer
{
    public const string Memory = "/memory";

    public static async Task RunAsync(Arguments arguments)
    {
        var peer = arguments.Text("peer");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDirectory(new DirectoryOptions
        {
            Data = arguments.Needed("data"),
            Peers = peer is null ? [] : [new Uri(peer)],
            PublicationsPerSecond = 100_000,
        });
        await using var app = builder.Build();
        app.UseDirectory();
        app.MapGet(Memory, () => Process.GetCurrentProcess().WorkingSet64.ToString(CultureInfo.InvariantCulture));
        await ServerProcess.ServeAsync(app);
    }
}
