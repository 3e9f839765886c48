using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Membership;

/// <summary>
/// Keeps the group's members current: watches the source, publishes each whole set, and goes on with the last known good one
/// when the source fails. It starts at the first request and stops with the director.
/// </summary>
/// <param name="service">For messages.</param>
/// <param name="source">Whom to watch.</param>
/// <param name="clock">The director's clock.</param>
/// <param name="firstAnswer">How long the first request waits.</param>
/// <param name="retryPause">Between a watch that failed and the next.</param>
/// <param name="changed">Told of each snapshot before it can be seen.</param>
/// <param name="recall">What an earlier process left behind, where there is anything: asked once, at the start.</param>
internal sealed class Group(
    string service, NameSource source, Clock clock, TimeSpan firstAnswer, TimeSpan retryPause, Action<Members> changed, Func<Members?>? recall = null) : IAsyncDisposable
{
    const int MostRemembered = 1024;

    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<string, Replica> departed = [];
    TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Members current = Members.None;
    Task? watching;
    bool held;
    Exception? trouble;

    /// <summary>The last set, perhaps none yet.</summary>
    public Members Current => Volatile.Read(ref current);

    /// <summary>Why the source could not be asked the last time; <see langword="null"/> when all is well.</summary>
    public Exception? Trouble => Volatile.Read(ref trouble);

    public string Description => source.Description;

    /// <summary>Whether the source has still to be heard for the first time: what serves until then is an earlier process's, or a hint.</summary>
    public bool MayGrow => !heard.Task.IsCompleted;

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

    /// <summary>Begins, if nobody did before: with what an earlier process left, or what the source can tell at once, and then with the
    /// watch. Where there are members already the watch waits for the first request, so that nothing stands before that.</summary>
    public void Start()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, typeof(Director));
            if (watching is not null) return;
            watching = Task.CompletedTask;
        }
        var inherited = !Current.Replicas.IsEmpty;
        if (!inherited && recall?.Invoke() is { } remembered) Adopt(remembered);
        if ((source.IsFixed || Current.Replicas.IsEmpty) && source.Immediate is { } set) Publish(set);
        if (source.IsFixed) heard.TrySetResult();
        else if (inherited || Current.Replicas.IsEmpty) Watch();
        else Volatile.Write(ref held, true);
    }

    /// <summary>A request is on its way. Costs one read.</summary>
    public void Sent()
    {
        // Of many first requests at once, one begins the watch.
        if (Volatile.Read(ref held) && Interlocked.Exchange(ref held, false)) Watch();
    }

    /// <summary>Waits until the source has been heard for the first time, has failed, or the time is over.</summary>
    public async ValueTask HeardAsync(long until, CancellationToken cancel)
    {
        var left = Clock.Span(Math.Max(0, until - clock.Now));
        try
        {
            await heard.Task.WaitAsync(left < firstAnswer ? left : firstAnswer, clock.Time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is known is all there is.
        }
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
            if (set.IsHint && !before.Replicas.IsEmpty) return;
            if (before.Says(set))
            {
                Volatile.Write(ref current, before with { Source = set.Source, LearnedAt = now, IsHint = set.IsHint });
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
    public void Nudge()
    {
        Sent();
        source.Nudge();
    }

    /// <summary>Begins with the members of another group, as copies: two groups that changed the same replica would contradict each
    /// other. The source has the last word, and may take its time over it. Nothing happens once there are members.</summary>
    /// <param name="known">The other group's members.</param>
    /// <param name="withLearning">Whether what was learnt comes along; its times must be of the same clock.</param>
    /// <returns>Whether it begins with them.</returns>
    public bool Inherit(Members known, bool withLearning)
    {
        if (!Adopt(new Members([.. known.Replicas.Select(r => withLearning ? r.Copy() : new Replica(r.Endpoint))], known.Source, known.LearnedAt) { IsHint = known.IsHint })) return false;
        // A group that has members is not started by the first request.
        Start();
        return true;
    }

    bool Adopt(Members members)
    {
        lock (gate)
        {
            if (members.Replicas.IsEmpty || !current.Replicas.IsEmpty) return false;
            changed(members);
            Volatile.Write(ref current, members);
        }
        first.TrySetResult();
        return true;
    }

    // The service itself demands that nothing is sent any more: its certificate has ended.
    void Withdraw(CertificateException error)
    {
        lock (gate)
        {
            foreach (var replica in current.Replicas) Remember(replica);
            changed(Members.None);
            Volatile.Write(ref current, Members.None);
            Volatile.Write(ref first, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        Refuse(Unreadable(error));
    }

    void Refuse(Exception error)
    {
        // Nobody need wait for it.
        if (first.TrySetException(error)) _ = first.Task.Exception;
    }

    void Watch()
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested) return;
            watching = Apart.Begin(WatchAsync);
        }
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
            await Volatile.Read(ref first).Task.WaitAsync(limit, clock.Time, cancel).ConfigureAwait(false);
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
                    if (!set.IsHint) heard.TrySetResult();
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
                if (error is CertificateException { Fault: CertificateFault.Expired } ended) Withdraw(ended);
                else if (error is FormatException or FileNotFoundException && Current.Replicas.IsEmpty) Refuse(Unreadable(error));
                heard.TrySetResult();
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
        Refuse(new ObjectDisposedException(typeof(Director).FullName));
        heard.TrySetResult();
        if (watching is { } running) await running.ConfigureAwait(false);
    }
}
