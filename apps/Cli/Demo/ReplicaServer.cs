using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Demo;

/// <summary>An HTTP server of a folder's files on the loopback interface, which obeys the demo's orders and ends with it.</summary>
internal sealed class ReplicaServer(string directory)
{
    readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar;
    volatile bool broken;
    int frozen;

    public async Task<int> RunAsync(int port)
    {
        // Ctrl-C in a terminal reaches the whole group of processes; the demo ends its replicas itself.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        var builder = WebProgram.NewBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        builder.Services.AddLoadReports();
        await using var app = builder.Build();
        app.UseLoadReports();
        app.Run(ServeAsync);
        await app.StartAsync();
        Console.Out.WriteLine("listening on " + app.Urls.First());
        while (await Console.In.ReadLineAsync() is { } order) Obey(order);
        if (frozen != 0) Signals.Thaw(frozen);
        return ExitCode.Done;
    }

    void Obey(string order)
    {
        if (order.StartsWith("guard ", StringComparison.Ordinal)) frozen = int.Parse(order[6..], CultureInfo.InvariantCulture);
        else broken = order == "break";
    }

    async Task ServeAsync(HttpContext context)
    {
        if (broken)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        var path = Path.GetFullPath(root + context.Request.Path.Value!.TrimStart('/'));
        var file = new FileInfo(path);
        if (!path.StartsWith(root, StringComparison.Ordinal) || !file.Exists)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        await context.Response.SendFileAsync(path, 0, file.Length, context.RequestAborted);
    }
}
