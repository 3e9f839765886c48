using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Shell;
using SmartClients.Directories;

namespace SmartClients.Cli.Directories;

/// <summary>The directory's process: listens, says where, tells what goes wrong on standard error, and stops when asked.</summary>
internal sealed class DirectoryHost(TimeProvider time)
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(IPEndPoint listen, DirectoryOptions options, CancellationToken stop)
    {
        var builder = WebProgram.NewBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What keeps it from starting is the command's one line to say.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(server => server.Listen(listen));
        builder.Services.AddSingleton(time);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        // The signals are the command line's business, not the host's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddDirectory(options);
        await using var app = builder.Build();
        app.UseDirectory();
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Cannot listen on {listen}: {error.Message}", error);
        }
        Console.Out.WriteLine("listening on " + app.Urls.First());
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }
}
