namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>Connections that wait for their next use, the latest used first; one that waits too long is closed.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long one waits.</param>
internal sealed class KeptConnections<T>(TimeProvider time, TimeSpan limit) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    const int MostKept = 16;

    readonly Dictionary<string, List<Waiting>> kept = [];
    bool closed;

    /// <summary>One that waits for this endpoint and login, if there is any.</summary>
    public T? Take(string key)
    {
        Waiting waiting;
        lock (kept)
        {
            if (!kept.TryGetValue(key, out var list) || list.Count == 0) return null;
            waiting = list[^1];
            list.RemoveAt(list.Count - 1);
        }
        waiting.Timer.Dispose();
        return waiting.Connection;
    }

    /// <summary>Lets one wait, or closes it where enough do.</summary>
    public ValueTask PutAsync(string key, T connection)
    {
        lock (kept)
        {
            if (!kept.TryGetValue(key, out var list)) kept[key] = list = [];
            if (closed || list.Count >= MostKept) return connection.DisposeAsync();
            list.Add(new Waiting(connection, time.CreateTimer(_ => Expire(key, connection), null, limit, Timeout.InfiniteTimeSpan)));
        }
        return default;
    }

    void Expire(string key, T connection)
    {
        lock (kept)
            if (!kept.TryGetValue(key, out var list) || list.RemoveAll(waiting => waiting.Connection == connection) == 0) return;
        _ = connection.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        List<Waiting> all;
        lock (kept)
        {
            closed = true;
            all = [.. kept.Values.SelectMany(list => list)];
            kept.Clear();
        }
        foreach (var waiting in all)
        {
            await waiting.Timer.DisposeAsync().ConfigureAwait(false);
            await waiting.Connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    readonly record struct Waiting(T Connection, ITimer Timer);
}
