using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>A members document on any web server: <c>https://host/members.json</c>, in the form of <see cref="MembersDocument"/>. It is asked
/// for again and again, by ETag and date where the server gives them, as often as <c>Cache-Control</c> says or every
/// <see cref="DocumentOptions.Interval"/>. What fails, or cannot be read, never empties the group.</summary>
public sealed class HttpNames : PolledNames
{
    readonly Uri address;
    readonly Opening opening;
    readonly DocumentOptions options;
    readonly DocumentReader documents;
    readonly MembersReader reader;
    Document? known;
    MemberSet? set;

    /// <summary>The document at an address.</summary>
    /// <param name="address">http or https, without user and password.</param>
    /// <param name="opening">Whose signature is asked for, and which addresses are allowed.</param>
    /// <param name="client">Sends; one that follows no redirection by itself, or what it followed is checked only afterwards. Not disposed.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public HttpNames(Uri address, Opening opening, HttpMessageInvoker client, DocumentOptions? options = null) : base(options?.Random)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(opening);
        ArgumentNullException.ThrowIfNull(client);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            throw new ArgumentException($"'{address}' is not the address of a document: write https://host/members.json.");
        (this.address, this.opening, this.options) = (address, opening, options ?? new DocumentOptions());
        (documents, reader) = (new DocumentReader(client, this.options), new MembersReader(opening));
    }

    /// <inheritdoc/>
    public override string Description => address.ToString();

    /// <inheritdoc/>
    public override AddressRules? Addresses => opening.Addresses;

    /// <inheritdoc/>
    protected override async ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel)
    {
        var ask = new DocumentQuestion(reader.MostBytes, opening.Addresses, null, "application/json");
        var got = await documents.GetAsync(address, ask, set is null ? null : known, time, cancel).ConfigureAwait(false)
            ?? throw new IOException($"{address} does not exist: the server answers 404.");
        // A signed one has an end, which comes though nothing changes.
        if (set is null || known is null || opening.SignedBy is not null || !got.Bytes.Equals(known.Bytes))
            set = reader.Read(got.Bytes, Description, Description, time);
        known = got;
        return new PolledSet(set, DocumentPause.Of(got, options));
    }
}
