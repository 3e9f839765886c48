using SmartClients.Cli.Load;
using SmartClients.Http;
using SmartClients.Naming;

namespace SmartClients.Cli.Calling;

/// <summary>The director of one call, and an HTTP client on it.</summary>
internal sealed class ReplicatedClient : IAsyncDisposable
{
    static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    public ReplicatedClient(CallSettings settings, TimeProvider time)
    {
        var source = Names.Core.Open(settings.Url.ToString(), settings.Scheme == "https" ? 443 : 80);
        Director = new Director(settings.Url.ToString(), source, new DirectorOptions
        {
            Policy = settings.Policy,
            Hedge = settings.Hedge,
            Timeout = settings.Timeout,
            AttemptTimeout = settings.Timeout < LongestAttempt ? settings.Timeout : LongestAttempt,
            FirstMembers = settings.Timeout < LongestAttempt ? settings.Timeout : LongestAttempt,
            Time = time,
        });
        Counts = new AttemptCounts(Director.Name);
        Http = new HttpClient(new SmartHandler(Director)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Director Director { get; }

    public AttemptCounts Counts { get; }

    public HttpClient Http { get; }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Counts.Dispose();
        await Director.DisposeAsync();
    }
}
