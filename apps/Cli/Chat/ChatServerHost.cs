using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SmartClients.Chat.Server;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Chat;

/// <summary>The chat server's process: listens, says where, tells what goes wrong on standard error, and leaves when asked to stop.</summary>
internal sealed class ChatServerHost(TimeProvider time)
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(
        IPEndPoint listen, ForwardedHeadersOptions? proxies, ChatServerOptions options, Func<Uri, CancellationToken, Task> publish, CancellationToken stop)
    {
        var builder = WebProgram.NewBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What keeps it from starting is the command's one line to say.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(time);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastWords);
        // The signals are the command line's business, not the host's.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddChatServer(options);
        // After that: what it wants of every endpoint is for those that come later.
        builder.WebHost.ConfigureKestrel(server => server.Listen(listen));
        await using var app = builder.Build();
        if (proxies is not null) app.UseForwardedHeaders(proxies);
        app.UseChatServer();
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new IOException($"Cannot listen on {listen}: {error.Message}", error);
        }
        await new ChatRehearsal(new Uri(app.Urls.First()), time).RunAsync(stop);
        Console.Out.WriteLine("listening on " + app.Urls.First());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var publishing = publish(new Uri(app.Urls.First()), end.Token);
        // Without anything to publish it is over at once; what is wrong with it ends the server.
        if (await Task.WhenAny(publishing, Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token)) == publishing && !publishing.IsFaulted)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await end.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        await publishing;
        return ExitCode.Done;
    }
}
