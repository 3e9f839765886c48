using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartClients.Directories.Storage;

/// <summary>The tables, and their version.</summary>
internal static class Schema
{
    const int Version = 1;

    // Small columns first: what a search or a listing reads never touches the pages that a document overflows to.
    const string Tables = """
        CREATE TABLE certificate (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,
            serial INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            digest TEXT NOT NULL,
            sequence INTEGER NOT NULL UNIQUE,
            title TEXT NOT NULL,
            keywords TEXT NOT NULL,
            description TEXT NOT NULL,
            document BLOB NOT NULL);
        CREATE INDEX certificate_title ON certificate (title COLLATE NOCASE);

        CREATE TABLE change (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            serial INTEGER NOT NULL,
            at INTEGER NOT NULL);
        CREATE TRIGGER change_kept BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'changes are only ever added'); END;
        CREATE TRIGGER change_stays BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'changes are only ever added'); END;

        CREATE TABLE conflict (
            name TEXT NOT NULL,
            peer TEXT NOT NULL,
            key TEXT NOT NULL,
            serial INTEGER NOT NULL,
            reason TEXT NOT NULL,
            seen INTEGER NOT NULL,
            PRIMARY KEY (name, peer)) WITHOUT ROWID;

        CREATE TABLE store (identity TEXT NOT NULL);

        CREATE VIRTUAL TABLE words USING fts5 (
            name, title, keywords, description,
            content = 'certificate', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        INSERT INTO words (words, rank) VALUES ('rank', 'bm25(4.0, 6.0, 3.0, 1.0)');
        CREATE TRIGGER words_added AFTER INSERT ON certificate BEGIN
            INSERT INTO words (rowid, name, title, keywords, description) VALUES (new.id, new.name, new.title, new.keywords, new.description);
        END;
        CREATE TRIGGER words_changed AFTER UPDATE ON certificate BEGIN
            INSERT INTO words (words, rowid, name, title, keywords, description)
                VALUES ('delete', old.id, old.name, old.title, old.keywords, old.description);
            INSERT INTO words (rowid, name, title, keywords, description) VALUES (new.id, new.name, new.title, new.keywords, new.description);
        END;
        """;

    /// <summary>Makes the tables where there are none.</summary>
    /// <exception cref="IOException">A newer program made them.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var found = connection.Number("PRAGMA user_version");
        if (found > Version)
            throw new IOException($"{path} was made by a newer version of this program (tables {found}, known {Version}): use that one, or another folder.");
        if (found == 0)
        {
            connection.Run(Tables);
            connection.Run("INSERT INTO store (identity) VALUES ($identity)", ("$identity", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)));
            connection.Run($"PRAGMA user_version = {Version}");
        }
        transaction.Commit();
    }
}
