using Microsoft.Data.Sqlite;

namespace SmartClients.Directories.Storage;

/// <summary>
/// The file in the data folder: SQLite with a write-ahead log, synchronised at every commit, so that what was acknowledged survives the
/// loss of the process and of the power. One connection writes; each reader has its own, sees whole commits only, and waits for nobody.
/// </summary>
internal sealed class Database : IDisposable
{
    readonly string connection;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <exception cref="IOException">It cannot be opened; the message names it and the remedy.</exception>
    public Database(string folder)
    {
        var path = "";
        SqliteConnection? opened = null;
        try
        {
            path = Path.Combine(System.IO.Directory.CreateDirectory(folder).FullName, "directory.db");
            connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 10 }.ToString();
            opened = Reader();
            opened.Run("PRAGMA journal_mode = WAL");
            opened.Run("PRAGMA synchronous = FULL");
            Schema.Ensure(opened, path);
            Writer = opened;
        }
        catch (SqliteException error)
        {
            opened?.Dispose();
            throw new IOException(
                $"{path} cannot be used as a directory's store ({error.Message}): if it is damaged, move it away; an empty store is filled again from its peers.", error);
        }
        // The folder's own making; what is wrong with the file is told above, or by the schema.
        catch (IOException error) when (opened is null)
        {
            throw new IOException($"The data folder '{folder}' cannot be made: {error.Message.TrimEnd('.')}. Name another with --data.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"The data folder '{folder}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>The one that writes; under the store's gate only.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>One that reads, from the pool; dispose it soon.</summary>
    public SqliteConnection Reader()
    {
        var reader = new SqliteConnection(connection);
        reader.Open();
        return reader;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Writer.Dispose();
        using var last = new SqliteConnection(connection);
        SqliteConnection.ClearPool(last);
    }
}
