using System.Collections.Immutable;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>The members as one of the members tells them: <c>members:/path</c> of a certificate. Each question goes to any of those known,
/// through a director of its own, so that a member that is gone, slow or talks nonsense is not missed.</summary>
public sealed class MembersNames : PolledNames
{
    readonly string path;
    readonly Opening opening;
    readonly DocumentOptions options;
    readonly DocumentReader documents;
    readonly MembersReader reader;

    /// <summary>A path of the members.</summary>
    /// <param name="path">From its slash on; <see cref="Wire.MembersPath"/> when empty.</param>
    /// <param name="opening">Says who is known (<see cref="Opening.Known"/>), by which scheme they are asked, and whose signature is asked for.</param>
    /// <param name="client">Sends, without a director in it. Not disposed.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <exception cref="ArgumentException">It is no path, or nobody is known.</exception>
    public MembersNames(string path, Opening opening, HttpMessageInvoker client, DocumentOptions? options = null) : base(options?.Random)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(client);
        if (opening.Known is null) throw new ArgumentException("'members:' needs members to ask: it stands in a certificate, beside its endpoints.");
        this.path = path.Length == 0 ? Wire.MembersPath : path;
        if (this.path[0] != '/' || this.path.StartsWith("//", StringComparison.Ordinal)) throw new ArgumentException($"'{path}' is not a path: write members:{Wire.MembersPath}.");
        (this.opening, this.options) = (opening, options ?? new DocumentOptions());
        (documents, reader) = (new DocumentReader(client, this.options), new MembersReader(opening));
    }

    /// <inheritdoc/>
    public override string Description => "members " + path;

    /// <inheritdoc/>
    protected override async ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel)
    {
        // Only whom the rules allow: a hint may name anybody.
        var known = opening.Addresses.Sift(new MemberSet(opening.Known!(), Description), out var refused).Endpoints;
        if (known.IsDefaultOrEmpty) throw new IOException($"No member is known that could be asked for {path}{(refused is null ? "" : ": " + refused)}.");
        // Who is known changes from question to question, and what is learnt of them here is learnt of another question: nothing is kept.
        var director = new Director("members", new StaticNames(known), new DirectorOptions { Time = time, Timeout = options.Timeout, AttemptTimeout = options.Timeout / 2 });
        await using (director.ConfigureAwait(false))
        {
            try
            {
                return await director.SendAsync((endpoint, attempt) => AskAsync(endpoint, time, attempt), RequestOptions.Default, cancel).ConfigureAwait(false);
            }
            catch (ServiceUnavailableException error)
            {
                throw new IOException($"No member tells {path}: {error.Message}", error);
            }
        }
    }

    async ValueTask<PolledSet> AskAsync(Endpoint endpoint, TimeProvider time, CancellationToken cancel)
    {
        var scheme = endpoint.Port == 443 ? "https" : opening.Scheme ?? options.Scheme;
        var address = new Uri($"{scheme}://{endpoint.Address}{path}");
        var ask = new DocumentQuestion(reader.MostBytes, opening.Addresses, endpoint.Authority, "application/json");
        var got = await documents.GetAsync(address, ask, null, time, cancel).ConfigureAwait(false) ?? throw new IOException($"{address} does not exist.");
        return new PolledSet(reader.Read(got.Bytes, address.ToString(), Description, time), DocumentPause.Of(got, options));
    }
}
