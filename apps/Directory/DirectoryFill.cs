using SmartClients.Directories.Publishing;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories;

/// <summary>Fills a directory's store in bulk, while no server need run: for a move from elsewhere, and for measurements.</summary>
public static class DirectoryFill
{
    const int Batch = 500;

    /// <summary>Takes certificates in by the rules for publications, a few hundred in a transaction.</summary>
    /// <param name="folder">The data folder; made where it is missing.</param>
    /// <param name="documents">Signed certificates, one document each.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up; what was taken in stays.</param>
    /// <returns>How many are new or replaced others.</returns>
    /// <exception cref="IOException">The store cannot be opened.</exception>
    /// <exception cref="CertificateException">One is malformed, or refused by the rules; the ones before it in its batch may be in.</exception>
    public static async Task<int> FillAsync(string folder, IEnumerable<ReadOnlyMemory<byte>> documents, TimeProvider time, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(time);
        using var store = new CertificateStore(folder);
        var taken = 0;
        foreach (var batch in documents.Select((document, i) => SignedCertificate.Read(document, $"Document {i + 1}")).Chunk(Batch))
            foreach (var result in await store.PublishAsync(batch, PublicationRules.ForPublishers, time.GetUtcNow(), cancel).ConfigureAwait(false))
            {
                if (result.Refusal is { } refusal) throw refusal;
                if (result.Publication != Publication.Same) taken++;
            }
        return taken;
    }
}
