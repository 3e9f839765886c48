using SmartClients.Naming;

namespace SmartClients.Membership;

/// <summary>
/// Keeps the group's members current: watches the source, publishes each whole set, and goes on with the last known good one
/// when the source fails. It starts at the first request and stops with the director.
/// </summary>
internal sealed class Group(string service, NameSource source, Clock clock, TimeSpan firstAnswer, TimeSpan retryPause, Action<Members> changed) : IAsyncDisposable
{
    const int MostRemembered = 1024;

    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<string, Replica> departed = [];
    Members current = Members.None;
    Task? watching;
    Exception? trouble;

    /// <summary>The last set, perhaps none yet.</summary>
    public Members Current => Volatile.Read(ref current);

    /// <summary>Why the source could not be asked the last time; <see langword="null"/> when all is well.</summary>
    public Exception? Trouble => Volatile.Read(ref trouble);

    public string Description => source.Description;

    /// <inheritdoc cref="ReadyAsync(TimeSpan, CancellationToken)"/>
    public ValueTask ReadyAsync(CancellationToken cancel) => ReadyAsync(firstAnswer, cancel);

    /// <summary>Returns once there is a set. Completes at once from then on.</summary>
    /// <param name="limit">The caller's own time limit; the group's holds in any case.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <exception cref="ServiceUnavailableException">The source gave no set in time.</exception>
    public ValueTask ReadyAsync(TimeSpan limit, CancellationToken cancel)
    {
        if (!Current.Replicas.IsEmpty) return default;
        Start();
        var most = limit < firstAnswer ? limit : firstAnswer;
        return Current.Replicas.IsEmpty ? new ValueTask(FirstAsync(most, cancel)) : default;
    }

    /// <summary>Begins to watch, if nobody did before.</summary>
    public void Start()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, typeof(Director));
            if (watching is not null) return;
            watching = Task.CompletedTask;
        }
        if (source.Immediate is { } set) Publish(set);
        else watching = WatchAsync();
    }

    /// <summary>The group as somebody else tells it, such as a reply.</summary>
    public void Publish(MemberSet set)
    {
        if (set.Endpoints.IsDefaultOrEmpty || set.Endpoints.Length > MemberSet.Most)
        {
            Telemetry.BadInput("member set");
            return;
        }
        lock (gate)
        {
            var now = clock.Now;
            var before = current;
            if (before.Says(set))
            {
                Volatile.Write(ref current, before with { Source = set.Source, LearnedAt = now });
                return;
            }
            var after = before.Next(set, departed, now);
            foreach (var replica in before.Replicas)
                if (after.Find(replica.Endpoint.Address) is null) Remember(replica);
            foreach (var replica in after.Replicas) departed.Remove(replica.Endpoint.Address);
            // Told before it can be seen: a request that sees members must find somebody on the shortlist.
            changed(after);
            Volatile.Write(ref current, after);
        }
        first.TrySetResult();
    }

    /// <summary>Somebody said that the group has changed.</summary>
    public void Nudge() => source.Nudge();

    /// <summary>Begins with the members of another group, as copies: two groups that changed the same replica would contradict each
    /// other. The source has the last word, and may take its time over it. Nothing happens once there are members.</summary>
    /// <param name="known">The other group's members.</param>
    /// <param name="withLearning">Whether what was learnt comes along; its times must be of the same clock.</param>
    public void Inherit(Members known, bool withLearning)
    {
        lock (gate)
        {
            if (known.Replicas.IsEmpty || !current.Replicas.IsEmpty) return;
            var own = known with { Replicas = [.. known.Replicas.Select(r => withLearning ? r.Copy() : new Replica(r.Endpoint))] };
            changed(own);
            Volatile.Write(ref current, own);
        }
        first.TrySetResult();
        // A group that has members is not started by the first request.
        Start();
    }

    void Remember(Replica replica)
    {
        if (departed.Count >= MostRemembered) departed.Remove(departed.Keys.First());
        departed[replica.Endpoint.Address] = replica;
    }

    async Task FirstAsync(TimeSpan limit, CancellationToken cancel)
    {
        try
        {
            await first.Task.WaitAsync(limit, clock.Time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var why = Trouble?.Message ?? $"no answer within {limit.TotalSeconds:0.###} s";
            throw new ServiceUnavailableException(service, UnavailableReason.NoMembers, $"its members cannot be learnt from {source.Description}: {why}", [], Trouble);
        }
    }

    async Task WatchAsync()
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var set in source.WatchAsync(clock.Time, stop.Token).ConfigureAwait(false))
                {
                    Volatile.Write(ref trouble, null);
                    Publish(set);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Volatile.Write(ref trouble, error);
                // A name that cannot be read gets no better by waiting: whoever waits for the first set hears it at once.
                if (error is FormatException or FileNotFoundException && Current.Replicas.IsEmpty && first.TrySetException(Unreadable(error)))
                    _ = first.Task.Exception;
            }
            try
            {
                await Task.Delay(retryPause, clock.Time, stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    ServiceUnavailableException Unreadable(Exception error) =>
        new(service, UnavailableReason.NoMembers, "its members cannot be read: " + error.Message, [], error);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        // Whoever waits for the first members waits in vain.
        if (first.TrySetException(new ObjectDisposedException(typeof(Director).FullName))) _ = first.Task.Exception;
        if (watching is { } running) await running.ConfigureAwait(false);
    }
}
