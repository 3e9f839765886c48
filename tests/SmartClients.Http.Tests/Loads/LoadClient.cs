using SmartClients.Http.Loads;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Http.Tests.Loads;

/// <summary>A director for some replicas, and a plain client to ask them with.</summary>
sealed class LoadClient : IAsyncDisposable
{
    public static readonly HttpLoadOptions Often = new() { Interval = TimeSpan.FromMilliseconds(20), Timeout = TimeSpan.FromSeconds(10) };

    public LoadClient(params string[] addresses) => Director = Director.For("list:" + string.Join(',', addresses));

    public Director Director { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public ReplicaStatus this[string address] => Director.Members.Single(m => m.Endpoint.Address == address);

    public Evidence? EvidenceOf(string address) => this[address].Evidence;

    /// <summary>Waits for something to become true; gives up, loudly, after half a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30)) throw new TimeoutException("It never came about.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Director.DisposeAsync();
        Http.Dispose();
    }
}
