using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Http.Documents;

/// <summary>Finds a certificate at an address, on any web server: <c>https://host/quotes.jws</c>. It is asked for by ETag and date, so that
/// one that has not changed is not sent again. Safe for concurrent use.</summary>
public sealed class WebFinder : CertificateFinder
{
    const int MostKept = 1_000;

    readonly DocumentReader documents;
    readonly DocumentQuestion ask;
    readonly ConcurrentDictionary<Uri, Document> kept = [];

    /// <summary>A finder.</summary>
    /// <param name="client">Sends; one that follows no redirection by itself, or what it followed is checked only afterwards; when left out,
    /// one that does not, and that connects only to what <paramref name="rules"/> allow. Not disposed.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <param name="rules">Which addresses may be asked; <see cref="AddressRules.Default"/> when left out.</param>
    public WebFinder(HttpMessageInvoker? client = null, DocumentOptions? options = null, AddressRules? rules = null)
    {
        documents = new DocumentReader(client ?? new HttpMessageInvoker(GuardedHandler.New()), options ?? new DocumentOptions());
        ask = new DocumentQuestion(SignedCertificate.MostBytes, rules ?? AddressRules.Default, null, "application/jose+json", "application/json");
    }

    /// <inheritdoc/>
    public override string Description => "the web";

    /// <summary>Gets the document at the address that the name is.</summary>
    /// <returns>None where the name is no web address, or the server knows no such document.</returns>
    /// <inheritdoc/>
    public override async ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(time);
        if (name.Form is not ("http" or "https")) return [];
        var address = new Uri($"{name.Form}:{name.Value}");
        Document? document;
        try
        {
            document = await documents.GetAsync(address, ask, kept.GetValueOrDefault(address), time, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new IOException(error.Message, error);
        }
        if (document is null)
        {
            kept.TryRemove(address, out _);
            return [];
        }
        if (kept.Count < MostKept || kept.ContainsKey(address)) kept[address] = document;
        return [new FoundCertificate(document.Bytes, address.ToString())];
    }
}
