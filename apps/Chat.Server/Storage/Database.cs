using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartClients.Chat.Server.Storage;

/// <summary>
/// The file in the data folder: SQLite with a write-ahead log, synchronised at every commit, so that what was acknowledged survives the
/// loss of the process and of the power. One connection writes; each reader has its own, sees whole commits only, and waits for nobody.
/// </summary>
internal sealed class Database : IDisposable
{
    const int Version = 1;

    const string Tables = """
        CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last INTEGER NOT NULL);
        CREATE INDEX room_last ON room (last);
        CREATE TABLE message (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            room INTEGER NOT NULL,
            sender TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            written INTEGER NOT NULL);
        CREATE UNIQUE INDEX message_sender ON message (room, sender, sequence);
        CREATE INDEX message_room ON message (room, position);
        CREATE TABLE sender (room INTEGER NOT NULL, sender TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (room, sender)) WITHOUT ROWID;
        CREATE TRIGGER message_kept BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'messages are only ever added'); END;
        CREATE TRIGGER message_stays BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'messages are only ever added'); END;
        CREATE TABLE store (identity TEXT NOT NULL);
        """;

    const int Corrupt = 11;
    const int Full = 13;
    const int NoDatabase = 26;

    const string Remedy = "stop the server and move the file away; an empty store is filled again from its peers";

    readonly string connection;
    readonly string path = "";
    readonly FolderLock? held;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="IOException">It cannot be opened; the message names it and the remedy.</exception>
    public Database(string folder)
    {
        SqliteConnection? opened = null;
        try
        {
            path = Path.Combine(Directory.CreateDirectory(folder).FullName, "chat.db");
            held = new FolderLock(folder);
            // SQLite's other files have the mode of this one.
            if (!File.Exists(path)) FolderLock.Open(path, FileShare.ReadWrite).Dispose();
            connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 10 }.ToString();
            opened = Reader();
            opened.Run("PRAGMA journal_mode = WAL");
            opened.Run("PRAGMA synchronous = FULL");
            Ensure(opened, path);
            Identity = opened.Read(row => row.GetString(0), "SELECT identity FROM store").Single();
            Writer = opened;
        }
        catch (SqliteException error)
        {
            opened?.Dispose();
            held?.Dispose();
            throw new IOException(
                $"{path} cannot be used as a chat server's store ({error.Message}): if it is damaged, move it away; an empty store is filled again from its peers.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"The data folder '{folder}' cannot be written: {error.Message}", error);
        }
    }

    public string Identity { get; }

    /// <summary>The one that writes; for the store's writing loop only.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>One that reads, from the pool; dispose it soon.</summary>
    public SqliteConnection Reader()
    {
        var reader = new SqliteConnection(connection);
        reader.Open();
        return reader;
    }

    /// <summary>Whether something in the file is not as it was written.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NoDatabase;

    /// <summary>What is wrong with the file, and the remedy.</summary>
    public string Problem(SqliteException error) =>
        IsDamage(error) ? $"{path} is damaged ({error.Message.TrimEnd('.')}): {Remedy}."
        : error.SqliteErrorCode == Full ? $"The disk of {path} is full: make room there."
        : $"{path} cannot be used: {error.Message}";

    static void Ensure(SqliteConnection connection, string path)
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

    public void Dispose()
    {
        Writer.Dispose();
        using var last = new SqliteConnection(connection);
        SqliteConnection.ClearPool(last);
        held?.Dispose();
    }
}
