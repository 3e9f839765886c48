using Microsoft.Extensions.Options;

namespace SmartClients.Http.Hosting;

/// <summary>
/// The directors of a program, for as long as it runs: handlers come and go every two minutes, what was learnt stays. A singleton in
/// the container: <c>provider.GetRequiredService&lt;SmartClientDirectors&gt;().Get("quotes")</c>. Safe for concurrent use.
/// </summary>
public sealed class SmartClientDirectors : IAsyncDisposable, IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, SmartClientDirector> all = [];
    readonly IOptionsMonitor<SmartClientOptions> options;
    readonly Registration[] known;
    readonly DirectorPool pool;
    readonly SmartClientNames names;
    bool ended;

    internal SmartClientDirectors(
        IOptionsMonitor<SmartClientOptions> options, IEnumerable<Registration> known, IHttpMessageHandlerFactory handlers, SmartClientNames names) =>
        (this.options, this.known, pool, this.names) = (options, [.. known], new DirectorPool(handlers), names);

    /// <summary>The director of a client.</summary>
    /// <param name="name">The client's name (of a typed client: its type's), or else its service's: the first client of that service.</param>
    /// <exception cref="ArgumentException">No <c>AddSmartClient</c> has this name.</exception>
    /// <exception cref="OptionsValidationException">Its options are wrong; asked again, they are looked at again.</exception>
    public SmartClientDirector Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var found = Array.FindLast(known, r => r.Client == name) ?? Array.Find(known, r => r.Service == name)
            ?? throw new ArgumentException($"No smart client is named '{name}', nor its service. Known: {string.Join(", ", known.Select(r => r.Client))}.", nameof(name));
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ended, this);
            // Not kept where it fails: the configuration may be mended.
            if (!all.TryGetValue(found.Client, out var director))
                all[found.Client] = director = new SmartClientDirector(found.Client, found.Service, options, names, pool, gate);
            return director;
        }
    }

    /// <summary>Disposes every director.</summary>
    public async ValueTask DisposeAsync()
    {
        SmartClientDirector[] last;
        lock (gate)
        {
            ended = true;
            last = [.. all.Values];
            all.Clear();
        }
        foreach (var director in last) await director.EndAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for a container that is disposed synchronously: nothing waits for anything but timers.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
