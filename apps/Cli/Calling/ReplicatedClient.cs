using SmartClients.Cli.Load;
using SmartClients.Cli.Naming;
using SmartClients.Http;

namespace SmartClients.Cli.Calling;

/// <summary>The director of one call, and an HTTP client on it.</summary>
internal sealed class ReplicatedClient : IAsyncDisposable
{
    static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    public ReplicatedClient(CallSettings settings, OpenName name, TimeProvider time)
    {
        var options = name.Options(time);
        options = options with { Policy = settings.Policy ?? options.Policy, Hedge = settings.Hedge ?? options.Hedge };
        if (settings.Timeout is { } limit)
        {
            var least = limit < LongestAttempt ? limit : LongestAttempt;
            options = options with { Timeout = limit, AttemptTimeout = least, FirstMembers = least };
        }
        Director = new Director(name.Name, name.Source, options);
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
