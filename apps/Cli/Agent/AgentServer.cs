using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Agent;

/// <summary>The agent's server: the same polled and pushed endpoint as that of servers that report themselves.</summary>
internal sealed class AgentServer(TimeProvider time)
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(IPEndPoint listen, TimeSpan interval, CancellationToken stop)
    {
        var figures = new HostFigures();
        var builder = WebProgram.NewBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(listen));
        builder.Services.AddSingleton(time);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        // The signals are the command line's business, not the host's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddLoadReports(options =>
        {
            options.Figures = figures.Read;
            (options.SampleInterval, options.PushInterval) = (interval, interval);
        });
        await using var app = builder.Build();
        app.MapLoadReports();
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Cannot listen on {listen}: {error.Message}", error);
        }
        figures.OwnPort = new Uri(app.Urls.First()).Port;
        Console.Out.WriteLine("listening on " + app.Urls.First());
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }
}
