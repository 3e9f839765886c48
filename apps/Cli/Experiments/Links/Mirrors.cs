using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>A group of FTP servers with the same file, each behind a link of its own.</summary>
internal sealed class Mirrors : IAsyncDisposable
{
    public const int Most = 16;

    readonly List<Mirror> all = [];

    Mirrors(LinkKind kind) => Kind = kind;

    public LinkKind Kind { get; }

    /// <summary>Why it is not the other kind; <see langword="null"/> when that was wanted, or there is nothing to say.</summary>
    public string? Why { get; private init; }

    public IReadOnlyList<Endpoint> Endpoints => [.. all.Select(mirror => mirror.Endpoint)];

    /// <summary>Starts them.</summary>
    /// <param name="wanted">How the links are to be made; namespaces where they can be had, when left out.</param>
    /// <param name="count">How many servers.</param>
    /// <param name="bitsPerSecond">The rate of each link.</param>
    /// <param name="content">What each serves.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <exception cref="IOException">They cannot be had here; the message says why.</exception>
    public static async Task<Mirrors> StartAsync(LinkKind? wanted, int count, double bitsPerSecond, byte[] content, TimeProvider time, CancellationToken cancel)
    {
        string? why = null;
        if (wanted != LinkKind.Relay)
        {
            why = NamespaceWiring.Missing();
            if (why is not null && wanted is not null) throw new IOException($"Network namespaces cannot be had: {why}");
            if (why is null)
                try
                {
                    return await new Mirrors(LinkKind.Namespaces).FilledAsync(new NamespaceWiring(bitsPerSecond, time), count, content, cancel);
                }
                catch (IOException error) when (wanted is null && Programs.Find("vsftpd") is not null)
                {
                    why = error.Message;
                }
        }
        return await new Mirrors(LinkKind.Relay) { Why = why }.FilledAsync(new RelayWiring(bitsPerSecond, time), count, content, cancel);
    }

    async Task<Mirrors> FilledAsync(Wiring wiring, int count, byte[] content, CancellationToken cancel)
    {
        try
        {
            for (var number = 0; number < count; number++) all.Add(await wiring.AddAsync(number, content, cancel));
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(all.Select(mirror => mirror.DisposeAsync().AsTask()));
}
