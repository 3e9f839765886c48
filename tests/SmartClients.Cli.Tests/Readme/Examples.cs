using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SmartClients.Cli.Tests.Readme;

/// <summary>The code of README.md, so that it compiles: each of its blocks stands here word for word, which <see cref="ReadmeTests"/>
/// checks.</summary>
internal static class Examples
{
    public static void FixedList(IServiceCollection services)
    {
        services.AddHttpClient<Quotes>().AddSmartClient("quotes", o => o.Name = "list:10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080");
    }

    public static void PublishedName(IServiceCollection services)
    {
        services.AddHttpClient<Quotes>().AddSmartClient("quotes", o => o.Name = "service://quotes");
    }

    public static async Task<string> AnyProtocolAsync()
    {
        await using var director = Director.For("list:ftp1:21,ftp2:21,ftp3:21");
        var file = await director.SendAsync((endpoint, cancel) => FetchAsync(endpoint.Host, endpoint.Port, cancel));
        return file;
    }

    public static WebApplication HelpingServer(WebApplicationBuilder builder)
    {
        builder.Services.AddLoadReports().AddDrain();
        var app = builder.Build();
        app.UseLoadReports();     // how loaded, on every reply
        app.MapLoadReports();     // or asked for, or pushed: GET /.well-known/load
        app.UseDrain();           // on SIGTERM: tells its clients to leave, serves what still comes, then stops
        return app;
    }

    static Task<string> FetchAsync(string host, int port, CancellationToken cancel) =>
        cancel.IsCancellationRequested ? Task.FromCanceled<string>(cancel) : Task.FromResult($"{host}:{port}");
}

public class Quotes(HttpClient http)                     // an ordinary HttpClient; its address is service://quotes/
{
    public Task<string> TodayAsync() => http.GetStringAsync("today");
}
