using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary>The platform's default logging of requests stays what it is, and can be turned on and off while the program runs.</summary>
public class QuietLoggingTests
{
    [Fact]
    public async Task What_is_logged_is_what_a_client_without_a_director_logs_and_only_while_it_is_turned_on()
    {
        var plain = await LinesAsync(smart: false, LogLevel.Information);
        Assert.NotEmpty(plain);
        Assert.Equal(plain, await LinesAsync(smart: true, LogLevel.Information));
        Assert.Empty(await LinesAsync(smart: true, LogLevel.Warning));
    }

    static async Task<string[]> LinesAsync(bool smart, LogLevel level)
    {
        var log = new Log { Level = level };
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        var client = services.AddHttpClient("quotes", c => c.BaseAddress = new Uri("http://quotes/"))
            .ConfigurePrimaryHttpMessageHandler(() => new FakeNetwork((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK))));
        if (smart) client.AddSmartClient("quotes", o => o.Members.Add("a:1"));
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        // Two at the same time, and one after a change of level: none may break the chain.
        await Task.WhenAll(GetAsync(http), GetAsync(http));
        log.Level = LogLevel.None;
        await GetAsync(http);
        return [.. log.Lines.Order(StringComparer.Ordinal)];
    }

    static async Task GetAsync(HttpClient http)
    {
        using var response = await http.GetAsync("x", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    sealed class Log : ILoggerFactory
    {
        public LogLevel Level { get; set; }

        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }
    }

    sealed class Logger(Log log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Lines.Enqueue($"{category} {eventId.Id}");
        }
    }
}
