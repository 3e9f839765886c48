using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SmartClients.Chat.Server.Storage;

/// <summary>Rooms in a file of this server's own. Whoever writes while a commit is under way is part of the next one, all together.</summary>
internal sealed class SqliteStore : RoomStore
{
    const int MostInOneCommit = 512;
    const int MostWaiting = 10_000;
    const string Columns = "position, sender, sequence, id, name, text, written";

    readonly Database database;
    readonly StoreLimits limits;
    readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    readonly Task writing;
    volatile bool damaged;

    /// <summary>The store in a folder, made where it is missing.</summary>
    /// <exception cref="IOException">It cannot be opened; the message names it and the remedy.</exception>
    public SqliteStore(string folder, StoreLimits limits)
    {
        (database, this.limits) = (new Database(folder), limits);
        // A thread of its own: what waits for the disk must not keep a thread of the pool.
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override string Identity => database.Identity;

    public override bool IsShared => false;

    public override ValueTask<IReadOnlyList<Appended>> AppendAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel) =>
        WriteAsync(room, messages, limits, cancel);

    public override ValueTask<IReadOnlyList<Appended>> TakeOverAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel) =>
        WriteAsync(room, messages, StoreLimits.OfPeers, cancel);

    async ValueTask<IReadOnlyList<Appended>> WriteAsync(string room, IReadOnlyList<ChatMessage> messages, StoreLimits most, CancellationToken cancel)
    {
        var one = new Waiting(room, messages, most, new TaskCompletionSource<IReadOnlyList<Appended>>(TaskCreationOptions.RunContinuationsAsynchronously));
        await waiting.Writer.WriteAsync(one, cancel);
        return await one.Done.Task.WaitAsync(cancel);
    }

    public override ValueTask<IReadOnlyList<Entry>> ReadAsync(string room, long after, int limit, CancellationToken cancel) =>
        new(Look(reader => reader.Read(EntryOf,
            $"SELECT {Columns} FROM message WHERE room = (SELECT id FROM room WHERE name = $room) AND position > $after ORDER BY position LIMIT $limit",
            ("$room", room), ("$after", after), ("$limit", limit))));

    public override ValueTask<IReadOnlyList<Entry>> LastAsync(string room, int count, CancellationToken cancel)
    {
        var last = Look(reader => reader.Read(EntryOf,
            $"SELECT {Columns} FROM message WHERE room = (SELECT id FROM room WHERE name = $room) ORDER BY position DESC LIMIT $count",
            ("$room", room), ("$count", count)));
        last.Reverse();
        return new(last);
    }

    public override ValueTask<(VersionVector Have, long Last)> HeadAsync(string room, CancellationToken cancel) => new(Look(reader => Head(reader, room)));

    static (VersionVector Have, long Last) Head(SqliteConnection reader, string room)
    {
        using var snapshot = reader.BeginTransaction(deferred: true);
        var have = new VersionVector();
        foreach (var (sender, last) in reader.Read(row => (row.GetString(0), row.GetInt64(1)),
            "SELECT sender, last FROM sender WHERE room = (SELECT id FROM room WHERE name = $room)", ("$room", room)))
            have.Advance(sender, last);
        return (have, reader.Number("SELECT last FROM room WHERE name = $room", ("$room", room)) ?? 0);
    }

    public override ValueTask<long> StartAsync(string room, VersionVector have, CancellationToken cancel) => new(Look(reader => Start(reader, room, have)));

    static long Start(SqliteConnection reader, string room, VersionVector have)
    {
        using var snapshot = reader.BeginTransaction(deferred: true);
        if (reader.Number("SELECT id FROM room WHERE name = $room", ("$room", room)) is not { } id) return 0;
        var start = reader.Number("SELECT last FROM room WHERE id = $id", ("$id", id)) ?? 0;
        var behind = reader.Read(row => (Sender: row.GetString(0), Last: row.GetInt64(1)), "SELECT sender, last FROM sender WHERE room = $room", ("$room", id));
        using var find = reader.Command("SELECT position FROM message WHERE room = $room AND sender = $sender AND sequence = $sequence", ("$room", id), ("$sender", ""), ("$sequence", 0L));
        foreach (var (sender, last) in behind)
        {
            if (have[sender] >= last) continue;
            (find.Parameters["$sender"].Value, find.Parameters["$sequence"].Value) = (sender, have[sender] + 1);
            start = Math.Min(start, (long)find.ExecuteScalar()! - 1);
        }
        return start;
    }

    public override ValueTask<IReadOnlyList<(string Room, long Last)>> ChangedAsync(long after, int limit, CancellationToken cancel) =>
        new(Look(reader => reader.Read(row => (Name: row.GetString(0), Last: row.GetInt64(1)),
            "SELECT name, last FROM room WHERE last > $after ORDER BY last LIMIT $limit", ("$after", after), ("$limit", limit))));

    /// <summary>A write that changes nothing, where the last one failed.</summary>
    public override async ValueTask ProbeAsync(CancellationToken cancel)
    {
        if (Problem is not null) await AppendAsync("", [], cancel);
    }

    T Look<T>(Func<SqliteConnection, T> look)
    {
        try
        {
            using var reader = database.Reader();
            return look(reader);
        }
        catch (SqliteException error)
        {
            throw Failed(error);
        }
    }

    StoreFailedException Failed(SqliteException error)
    {
        var failed = new StoreFailedException(database.Problem(error), error);
        damaged |= Database.IsDamage(error);
        Fails(failed.Message);
        return failed;
    }

    void Write()
    {
        List<Waiting> batch = [];
        var reader = waiting.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MostInOneCommit && reader.TryRead(out var one)) batch.Add(one);
            try
            {
                Commit(batch);
                // What is damaged stays so, whatever else can be written.
                if (!damaged) Works();
            }
            catch (Exception error)
            {
                // The disk is full, or worse: who waits is told, and the next may fare better.
                var failed = error is SqliteException known ? Failed(known) : new StoreFailedException("The store cannot be written: " + error.Message, error);
                foreach (var one in batch) one.Done.TrySetException(failed);
            }
        }
    }

    void Commit(List<Waiting> batch)
    {
        var results = new Appended[batch.Count][];
        HashSet<string> changed = [];
        using (var transaction = database.Writer.BeginTransaction(deferred: false))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var log = new SqliteLog(database.Writer, batch[i].Most);
                results[i] = [.. batch[i].Messages.Select(message => log.Append(batch[i].Room, message))];
                if (results[i].Any(one => one.Outcome == AppendOutcome.Stored)) changed.Add(batch[i].Room);
            }
            if (Problem is not null) database.Writer.Run("UPDATE store SET identity = identity");
            transaction.Commit();
        }
        for (var i = 0; i < batch.Count; i++) batch[i].Done.TrySetResult(results[i]);
        foreach (var room in changed) Tell(room);
    }

    internal static Entry EntryOf(SqliteDataReader row) => new(row.GetInt64(0),
        new ChatMessage(row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6)));

    public override async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writing;
        database.Dispose();
    }

    sealed record Waiting(string Room, IReadOnlyList<ChatMessage> Messages, StoreLimits Most, TaskCompletionSource<IReadOnlyList<Appended>> Done);
}
