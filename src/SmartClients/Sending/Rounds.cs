using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Sending;

/// <summary>
/// Visits every replica again and again: for keep-alives and for polling load. Each replica has its own phase in the interval, so
/// that neither one client's visits nor many clients' fall together.
/// </summary>
internal sealed class Rounds(Group group, Clock clock, Random random) : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A visit that wants the next one at once, or never, must neither keep a processor busy nor be forgotten.
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly List<Task> running = [];

    /// <summary>Begins to visit every member, now and later, until disposed.</summary>
    public void Begin(TimeSpan interval, TimeSpan limit, Func<Replica, CancellationToken, ValueTask> visit) =>
        Run(interval, replica => VisitAsync(replica, interval, limit, async cancel =>
        {
            await visit(replica, cancel).ConfigureAwait(false);
            return interval;
        }));

    /// <summary>Begins visits that say themselves when the next one is due; each replica gets a visitor of its own.</summary>
    public void Attend(TimeSpan limit, Func<Visit> begin) =>
        Run(Pause, replica =>
        {
            Visit? visit = null;
            return VisitAsync(replica, Pause, limit, async cancel =>
            {
                visit ??= begin();
                return Within(await visit(replica.Endpoint, cancel).ConfigureAwait(false)) * (0.75 + 0.5 * random.NextDouble());
            });
        });

    static TimeSpan Within(TimeSpan pause) => pause < ShortestPause ? ShortestPause : pause < LongestPause ? pause : LongestPause;

    void Run(TimeSpan interval, Func<Replica, Task> begin)
    {
        group.Start();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            running.Add(KeepVisitingAsync(interval, begin));
        }
    }

    async Task KeepVisitingAsync(TimeSpan interval, Func<Replica, Task> begin)
    {
        Dictionary<Endpoint, Task> visits = [];
        try
        {
            while (true)
            {
                var members = group.Current;
                foreach (var replica in members.Replicas)
                    if (!visits.TryGetValue(replica.Endpoint, out var task) || task.IsCompleted)
                        visits[replica.Endpoint] = begin(replica);
                if (visits.Count > members.Replicas.Length)
                    foreach (var (endpoint, task) in visits)
                        if (task.IsCompleted && members.Find(endpoint.Address) is null) visits.Remove(endpoint);
                // Who joins is noticed within a round.
                await Task.Delay(interval, clock.Time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(visits.Values).ConfigureAwait(false);
        }
    }

    async Task VisitAsync(Replica replica, TimeSpan interval, TimeSpan limit, Func<CancellationToken, ValueTask<TimeSpan>> visit)
    {
        try
        {
            await Task.Delay(interval * random.NextDouble(), clock.Time, stop.Token).ConfigureAwait(false);
            while (replica.Standing.State != ReplicaState.Gone)
            {
                var pause = await VisitOnceAsync(limit, visit).ConfigureAwait(false) ?? interval;
                await Task.Delay(pause, clock.Time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The director is being disposed.
        }
    }

    // Its limit's timer ends with the visit, not with the pause after it.
    async Task<TimeSpan?> VisitOnceAsync(TimeSpan limit, Func<CancellationToken, ValueTask<TimeSpan>> visit)
    {
        using var time = new CancellationTokenSource(limit, clock.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop.Token);
        try
        {
            return await visit(both.Token).AsTask().WaitAsync(limit, clock.Time, stop.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A visit that throws tells nobody anything; what it found out, it has said already. Disposal ends the pause that follows.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }
}
