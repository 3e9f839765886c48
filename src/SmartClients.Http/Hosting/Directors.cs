using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SmartClients.Http.Hosting;

/// <summary>
/// The directors of a program, one for each client name, for as long as the program runs: handlers come and go every two minutes,
/// what was learnt stays.
/// </summary>
internal sealed class Directors(IOptionsMonitor<SmartClientOptions> options) : IAsyncDisposable, IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<ConfiguredDirector>> all = [];

    public ConfiguredDirector Get(string client, string service) =>
        all.GetOrAdd(client, name => new Lazy<ConfiguredDirector>(() => new ConfiguredDirector(name, service, options))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, made) in all)
            if (made.IsValueCreated) await made.Value.DisposeAsync().ConfigureAwait(false);
    }

    // A container that is disposed synchronously: nothing here waits for anything but its own timers.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
