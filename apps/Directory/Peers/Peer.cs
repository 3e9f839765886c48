using Microsoft.Extensions.Logging;
using SmartClients.Directories.Publishing;
using SmartClients.Directories.Serving;
using SmartClients.Directories.Storage;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Peers;

/// <summary>
/// One peer, and how far its changes are known. That is not kept on disk: after a start everything is compared anew, by name, serial and
/// digest, which also heals what a store that was put back from a copy has missed.
/// </summary>
internal sealed partial class Peer(Uri address, HttpClient client, CertificateStore store, TimeSpan limit, TimeProvider time, ILogger log)
{
    const int Page = 500;
    const int MostPageBytes = 1 << 20;
    const int AtOnce = 8;

    const int MostLater = 64;

    // What it announced and could not give: asked for again with each pull, after what is new.
    readonly Dictionary<string, Change> later = [];
    string? itsStore;
    long after;

    public Uri Address => address;

    /// <summary>Takes over what has changed since the last time.</summary>
    /// <exception cref="IOException">Or <see cref="HttpRequestException"/>: the peer does not answer, or makes no sense.</exception>
    public async Task PullAsync(CancellationToken cancel)
    {
        var answer = await AskAsync(cancel);
        if (itsStore is not null && itsStore != answer.Store || answer.Last < after)
        {
            // It was lost, and has begun anew; or it was put back from a copy.
            (itsStore, after) = (null, 0);
            later.Clear();
            answer = await AskAsync(cancel);
        }
        itsStore = answer.Store;
        var owed = later.Values.ToList();
        while (answer.Changes.Count > 0)
        {
            await TakeOverAsync(answer.Changes, cancel);
            after = answer.Changes[^1].Sequence;
            answer = await AskAsync(cancel);
            if (answer.Store != itsStore) return;
        }
        if (owed.Count > 0) await TakeOverAsync(owed, cancel);
    }

    async Task<ChangesAnswer> AskAsync(CancellationToken cancel)
    {
        var json = await GetAsync($"/v1/changes?after={after}&limit={Page}", MostPageBytes, cancel)
            ?? throw new IOException($"{address} has no /v1/changes: it is no directory.");
        ChangesAnswer answer;
        try
        {
            answer = System.Text.Json.JsonSerializer.Deserialize(json, AnswerJson.Default.ChangesAnswer)
                ?? throw new IOException($"{address} answers with nothing.");
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new IOException($"{address} answers with changes that cannot be read: {error.Message}", error);
        }
        if (answer.Store is null || answer.Changes is null || answer.Changes.Any(c => c is not { Name: not null, Key: not null, Digest: not null }))
            throw new IOException($"{address} answers with changes that lack a field.");
        var last = after;
        foreach (var change in answer.Changes)
        {
            // A sequence that does not rise would be asked for without end.
            if ((itsStore is null || itsStore == answer.Store) && change.Sequence <= last) throw new IOException($"{address} answers with changes out of sequence.");
            last = change.Sequence;
        }
        return answer;
    }

    async Task TakeOverAsync(IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        var named = changes.Where(change => PublicationRules.NameOf(change.Name) == change.Name).ToList();
        var held = store.Held(named.Select(change => change.Name));
        List<SignedCertificate> candidates = [];
        await Parallel.ForEachAsync(named.Where(change => IsNews(change, held)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (change, token) =>
        {
            var candidate = await TryFetchAsync(change, token);
            if (candidate is null) return;
            lock (candidates) candidates.Add(candidate);
        });
        var results = await store.PublishAsync(candidates, PublicationRules.ForPeers, time.GetUtcNow(), cancel);
        var refused = results.Where(result => result.Refusal is not null).Select(result => result.Name).ToHashSet();
        await store.SettleAsync(changes.Select(change => change.Name).Where(name => !refused.Contains(name) && !later.ContainsKey(name)), address.ToString(), cancel);
        foreach (var (candidate, result) in candidates.Zip(results))
            if (result.Refusal is { } refusal) await RefusedAsync(candidate, refusal, cancel);
        // No longer one that cannot be given, but a peer that is not well.
        if (later.Count > MostLater) throw new IOException($"{address} cannot give {later.Count} of the certificates that it announces.");
    }

    /// <summary>One that the peer cannot give holds up no other: it is put off. Where the peer cannot be reached at all, the pull fails.</summary>
    async Task<SignedCertificate?> TryFetchAsync(Change change, CancellationToken cancel)
    {
        try
        {
            var candidate = await FetchAsync(change.Name, cancel);
            lock (later) later.Remove(change.Name);
            return candidate;
        }
        catch (IOException error)
        {
            bool first;
            lock (later)
            {
                first = !later.ContainsKey(change.Name);
                later[change.Name] = change;
            }
            if (first) PutOff(address, error.Message);
            return null;
        }
    }

    /// <summary>Newer than what is here, or something else. A peer that is behind asks us.</summary>
    static bool IsNews(Change theirs, IReadOnlyDictionary<string, Change> held) =>
        !held.TryGetValue(theirs.Name, out var ours) || theirs.Key != ours.Key || theirs.Serial > ours.Serial
        || theirs.Serial == ours.Serial && theirs.Digest != ours.Digest;

    async Task<SignedCertificate?> FetchAsync(string name, CancellationToken cancel)
    {
        if (await GetAsync($"/v1/services/{name}", SignedCertificate.MostBytes, cancel) is not { } document) return null;
        try
        {
            var candidate = SignedCertificate.Read(document, $"The certificate of '{name}' from {address}");
            return candidate.Certificate.Name == name ? candidate
                : throw new CertificateException(CertificateFault.WrongName, $"{address} gives a certificate of '{candidate.Certificate.Name}' for '{name}'.");
        }
        catch (CertificateException error)
        {
            Refused(address, error.Message);
            return null;
        }
    }

    async Task RefusedAsync(SignedCertificate candidate, Exception refusal, CancellationToken cancel)
    {
        var name = candidate.Certificate.Name;
        // Of a key that has handed over, or of an older serial: the peer is behind, and will learn.
        var known = store.Document(name) is { } document ? SignedCertificate.Read(document, $"The stored certificate of '{name}'") : null;
        if (known is not null && (known.Lineage.Any(one => one.Key == candidate.Key) || known.Key == candidate.Key && known.Certificate.Serial > candidate.Certificate.Serial)) return;
        var conflict = new Conflict(name, address.ToString(), candidate.Key, candidate.Certificate.Serial, refusal.Message, time.GetUtcNow());
        if (await store.NoteAsync(conflict, cancel)) Refused(address, refusal.Message);
    }

    /// <summary>An answer of at most so many bytes, within the time limit; <see langword="null"/> for 404.</summary>
    async Task<byte[]?> GetAsync(string path, int most, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            using var response = await client.GetAsync(new Uri(address, path), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
            if (response.StatusCode != System.Net.HttpStatusCode.OK) throw new IOException($"{address} answers {(int)response.StatusCode} to {path}.");
            var buffer = new byte[Math.Min(most, (int)Math.Min(response.Content.Headers.ContentLength ?? most, most)) + 1];
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
            return length <= most && length < buffer.Length ? buffer[..length] : throw new IOException($"{address} answers {path} with more than {most:N0} bytes.");
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new IOException($"{address} does not answer {path} within {limit.TotalSeconds:0.###} s.", error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "One certificate of {peer} is asked for again later: {reason}")]
    partial void PutOff(Uri peer, string reason);

    [LoggerMessage(LogLevel.Warning, "What {peer} holds is not taken over: {reason}")]
    partial void Refused(Uri peer, string reason);
}
