using SmartClients.Cli.Experiments.Links;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>One client: a director and connections of its own, which retrieves the file again and again. It knows nothing of the
/// other clients.</summary>
/// <param name="servers">The group.</param>
/// <param name="policy">How it picks.</param>
/// <param name="content">What each retrieval must bring.</param>
/// <param name="random">Its chance.</param>
/// <param name="time">The clock.</param>
internal sealed class Client(IReadOnlyList<Endpoint> servers, string policy, ReadOnlyMemory<byte> content, Random random, TimeProvider time)
{
    const int BufferBytes = 64 << 10;

    // A link is shared with all other clients, and 16 of them may well wait longer than a request usually may. Nothing fails here
    // unless the experiment is broken.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly byte[] buffer = new byte[BufferBytes];
    readonly int[] perServer = new int[servers.Count];
    long received;

    /// <summary>Bytes so far, for whoever watches.</summary>
    public long Received => Volatile.Read(ref received);

    public IReadOnlyList<int> PerServer => perServer;

    public int Failed { get; private set; }

    /// <summary>What happened to the first one that failed.</summary>
    public string? FirstFailure { get; private set; }

    public TimeSpan Longest { get; private set; }

    /// <summary>From its beginning to its own end.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Retrieves the file so many times, one after the other.</summary>
    public async Task RunAsync(int retrievals, CancellationToken cancel)
    {
        await using var schemes = new Schemes(new ProtocolOptions { Time = time, ReplyLimit = Patience, StallLimit = Patience });
        await using var director = new Director("figure6", new StaticNames(servers), new DirectorOptions
        {
            Policy = policy == Case.AnyPolicy ? Policies.Default : policy,
            Timeout = Timeout.InfiniteTimeSpan,
            AttemptTimeout = Timeout.InfiniteTimeSpan,
            Time = time,
            Random = random,
        });
        var ftp = schemes.Of("ftp");
        var began = time.GetTimestamp();
        for (var done = 0; done < retrievals; done++)
        {
            var begun = time.GetTimestamp();
            try
            {
                var from = await director.SendAsync((endpoint, stop) => RetrieveAsync(ftp, endpoint, stop), cancel: cancel);
                perServer[from]++;
            }
            catch (ServiceUnavailableException error)
            {
                Failed++;
                FirstFailure ??= error.Message;
            }
            var took = time.GetElapsedTime(begun);
            if (took > Longest) Longest = took;
        }
        Took = time.GetElapsedTime(began);
    }

    /// <summary>The file from one server; its number.</summary>
    async Task<int> RetrieveAsync(FileProtocol ftp, Endpoint endpoint, CancellationToken cancel)
    {
        await using var file = await ftp.OpenAsync(new FileAddress("ftp", endpoint, "/" + ServerFolder.FileName), FilePart.Whole, cancel);
        var at = 0;
        for (int read; (read = await file.Content.ReadAsync(buffer, cancel)) > 0; at += read)
        {
            if (at + read > content.Length || !content.Span.Slice(at, read).SequenceEqual(buffer.AsSpan(0, read)))
                throw new FileException(FileProblem.Malformed, "sends other bytes than the file's");
            Interlocked.Add(ref received, read);
        }
        if (at < content.Length) throw new FileException(FileProblem.Broken, $"the file ended {content.Length - at} bytes early");
        return Number(endpoint);
    }

    int Number(Endpoint endpoint)
    {
        for (var i = 0; i < servers.Count; i++)
            if (servers[i].Address == endpoint.Address) return i;
        throw new InvalidOperationException($"{endpoint.Address} is not of the group.");
    }
}
