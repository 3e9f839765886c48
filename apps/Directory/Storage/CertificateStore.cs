using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartClients.Directories.Publishing;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Storage;

/// <summary>
/// The certificates of a directory on disk. What a call of <see cref="PublishAsync"/> returned is committed; readers see whole commits
/// only. Safe for concurrent use, and by several processes.
/// </summary>
internal sealed class CertificateStore : IDisposable
{
    const string ListingColumns = "c.name, c.title, c.description, c.serial, c.expires, c.key, c.id";

    readonly Database database;
    readonly SemaphoreSlim gate = new(1);
    readonly long mostServices;

    /// <summary>The store in a folder, made where it is missing.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="mostServices">The most names it takes.</param>
    /// <exception cref="IOException">It cannot be opened; the message names it and the remedy.</exception>
    public CertificateStore(string folder, long mostServices = long.MaxValue)
    {
        (database, this.mostServices) = (new Database(folder), mostServices);
        Identity = database.Writer.Read(row => row.GetString(0), "SELECT identity FROM store").Single();
    }

    /// <summary>Which store this is: one that was lost and begun anew has another, and its sequence begins again.</summary>
    public string Identity { get; }

    /// <summary>Names in the store; they are never given up.</summary>
    public long Count
    {
        get
        {
            using var reader = database.Reader();
            return reader.Number("SELECT max(id) FROM certificate");
        }
    }

    /// <summary>Takes certificates in by the rules, in one transaction, and returns once they are safe.</summary>
    /// <returns>For each what became of it.</returns>
    public async Task<IReadOnlyList<PublicationResult>> PublishAsync(IReadOnlyList<SignedCertificate> candidates, PublicationRules rules, DateTimeOffset now, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            using var transaction = database.Writer.BeginTransaction(deferred: false);
            var results = candidates.Select(candidate => Take(candidate, rules, now)).ToList();
            transaction.Commit();
            return results;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A name's document, exactly as it was published; <see langword="null"/> where nobody has taken the name.</summary>
    public byte[]? Document(string name)
    {
        using var reader = database.Reader();
        return Document(reader, name);
    }

    /// <summary>The services that a text leads to: the exact name first, then the whole title, then words of the title, of the keywords,
    /// of the description; within each the closest first. The newest ones where the text is empty.</summary>
    public IReadOnlyList<Listing> Search(string text, int limit)
    {
        using var reader = database.Reader();
        List<Listing> found = [];
        HashSet<long> seen = [];
        text = text.Trim();
        if (text.Length == 0)
        {
            Add($"SELECT {ListingColumns} FROM certificate c ORDER BY c.sequence DESC LIMIT $limit", "");
            return found;
        }
        if (PublicationRules.NameOf(text) is { } name) Add($"SELECT {ListingColumns} FROM certificate c WHERE c.name = $text", name);
        Add($"SELECT {ListingColumns} FROM certificate c WHERE c.title = $text COLLATE NOCASE ORDER BY c.id LIMIT $limit", text);
        var words = new SearchWords(text);
        if (words.IsEmpty) return found;
        foreach (var expression in words.Expressions())
        {
            // Words that stand nowhere together are looked for singly only where there is nothing better.
            if (found.Count >= limit || found.Count > 0 && expression.Contains(" OR ", StringComparison.Ordinal)) break;
            Add($"""
                SELECT {ListingColumns} FROM (SELECT rowid AS id, rank FROM words WHERE words MATCH $text ORDER BY rank LIMIT $limit) AS hit
                JOIN certificate c ON c.id = hit.id ORDER BY hit.rank, c.name
                """, expression);
        }
        return found;

        void Add(string query, string value)
        {
            foreach (var (listing, id) in reader.Read(row => (ListingOf(row), row.GetInt64(6)), query, ("$text", value), ("$limit", limit)))
                if (found.Count < limit && seen.Add(id)) found.Add(listing);
        }
    }

    /// <summary>What changed after a point in the sequence, oldest first: of each service the latest change only.</summary>
    /// <returns>The changes, and the sequence to go on from; none, and the last of the store, where there are no more.</returns>
    public (IReadOnlyList<Change> Changes, long Last) Changes(long after, int limit)
    {
        using var reader = database.Reader();
        // Both from one snapshot: a change that comes between the two would be passed over.
        using var snapshot = reader.BeginTransaction(deferred: true);
        var changes = reader.Read(
            row => new Change(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4)),
            "SELECT sequence, name, serial, key, digest FROM certificate WHERE sequence > $after ORDER BY sequence LIMIT $limit",
            ("$after", after), ("$limit", limit));
        return (changes, reader.Number("SELECT max(sequence) FROM certificate"));
    }

    /// <summary>What is here under the names of some changes.</summary>
    public IReadOnlyDictionary<string, Change> Held(IEnumerable<string> names)
    {
        using var reader = database.Reader();
        Dictionary<string, Change> held = [];
        foreach (var name in names)
            foreach (var change in reader.Read(
                row => new Change(row.GetInt64(0), name, row.GetInt64(1), row.GetString(2), row.GetString(3)),
                "SELECT sequence, serial, key, digest FROM certificate WHERE name = $name", ("$name", name)))
                held[name] = change;
        return held;
    }

    /// <summary>Notes what a peer holds against the rules.</summary>
    /// <returns>Whether it was not known.</returns>
    public async Task<bool> NoteAsync(Conflict conflict, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var known = database.Writer.Number(
                "SELECT count(*) FROM conflict WHERE name = $name AND peer = $peer AND key = $key AND serial = $serial",
                ("$name", conflict.Name), ("$peer", conflict.Peer), ("$key", conflict.Key), ("$serial", conflict.Serial));
            database.Writer.Run(
                "INSERT OR REPLACE INTO conflict (name, peer, key, serial, reason, seen) VALUES ($name, $peer, $key, $serial, $reason, $seen)",
                ("$name", conflict.Name), ("$peer", conflict.Peer), ("$key", conflict.Key), ("$serial", conflict.Serial),
                ("$reason", conflict.Reason), ("$seen", conflict.Seen.ToUnixTimeMilliseconds()));
            return known == 0;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Forgets conflicts that are settled.</summary>
    public async Task SettleAsync(IEnumerable<string> names, string peer, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            using var transaction = database.Writer.BeginTransaction(deferred: false);
            foreach (var name in names) database.Writer.Run("DELETE FROM conflict WHERE name = $name AND peer = $peer", ("$name", name), ("$peer", peer));
            transaction.Commit();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What peers hold against the rules, newest first.</summary>
    public IReadOnlyList<Conflict> Conflicts(int limit)
    {
        using var reader = database.Reader();
        return reader.Read(
            row => new Conflict(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), Time(row, 5)),
            "SELECT name, peer, key, serial, reason, seen FROM conflict ORDER BY seen DESC, name LIMIT $limit", ("$limit", limit));
    }

    PublicationResult Take(SignedCertificate candidate, PublicationRules rules, DateTimeOffset now)
    {
        var name = candidate.Certificate.Name;
        try
        {
            var known = Document(database.Writer, name) is { } document ? rules.Known(document, name) : null;
            if (known is null && database.Writer.Number("SELECT max(id) FROM certificate") >= mostServices)
                throw new DirectoryFullException($"This directory holds {mostServices:N0} services and takes no more names: ask who runs it.");
            var (accepted, publication) = rules.Decide(candidate, known, now);
            if (publication != Publication.Same) Write(accepted, now);
            return new PublicationResult(name, publication, null);
        }
        catch (Exception error) when (error is CertificateException or DirectoryFullException)
        {
            return new PublicationResult(name, null, error);
        }
    }

    void Write(SignedCertificate accepted, DateTimeOffset now)
    {
        var certificate = accepted.Certificate;
        database.Writer.Run(
            "INSERT INTO change (name, key, serial, at) VALUES ($name, $key, $serial, $at)",
            ("$name", certificate.Name), ("$key", accepted.Key), ("$serial", certificate.Serial), ("$at", now.ToUnixTimeMilliseconds()));
        database.Writer.Run(
            """
            INSERT INTO certificate (name, key, serial, expires, digest, sequence, title, keywords, description, document)
                VALUES ($name, $key, $serial, $expires, $digest, last_insert_rowid(), $title, $keywords, $description, $document)
            ON CONFLICT (name) DO UPDATE SET key = excluded.key, serial = excluded.serial, expires = excluded.expires, digest = excluded.digest,
                sequence = excluded.sequence, title = excluded.title, keywords = excluded.keywords, description = excluded.description,
                document = excluded.document
            """,
            ("$name", certificate.Name), ("$key", accepted.Key), ("$serial", certificate.Serial),
            ("$expires", certificate.Expires.ToUnixTimeMilliseconds()), ("$digest", PublicationRules.Digest(accepted)),
            ("$title", certificate.Title ?? ""), ("$keywords", string.Join('\n', certificate.Keywords)),
            ("$description", certificate.Description ?? ""), ("$document", accepted.Document.ToArray()));
    }

    static byte[]? Document(SqliteConnection from, string name) =>
        from.Read(row => row.GetFieldValue<byte[]>(0), "SELECT document FROM certificate WHERE name = $name", ("$name", name)).FirstOrDefault();

    static Listing ListingOf(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), Time(row, 4), row.GetString(5));

    static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    /// <inheritdoc/>
    public void Dispose()
    {
        database.Dispose();
        gate.Dispose();
    }
}
