using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Sending;

/// <summary>
/// Visits every replica again and again: for keep-alives and for polling load. Each replica has its own phase in the interval, so
/// that neither one client's visits nor many clients' fall together.
/// </summary>
internal sealed class Rounds(Group group, Clock clock, Random random) : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly List<Task> running = [];

    /// <summary>Begins to visit every member, now and later, until disposed.</summary>
    public void Begin(TimeSpan interval, TimeSpan limit, Func<Replica, CancellationToken, ValueTask> visit)
    {
        group.Start();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            running.Add(KeepVisitingAsync(interval, limit, visit));
        }
    }

    async Task KeepVisitingAsync(TimeSpan interval, TimeSpan limit, Func<Replica, CancellationToken, ValueTask> visit)
    {
        Dictionary<Endpoint, Task> visits = [];
        try
        {
            while (true)
            {
                foreach (var (endpoint, task) in visits)
                    if (task.IsCompleted) visits.Remove(endpoint);
                foreach (var replica in group.Current.Replicas)
                    if (!visits.ContainsKey(replica.Endpoint))
                        visits[replica.Endpoint] = VisitAsync(replica, interval, limit, visit);
                // Who joins is noticed within a round.
                await Task.Delay(interval, clock.Time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(visits.Values).ConfigureAwait(false);
        }
    }

    async Task VisitAsync(Replica replica, TimeSpan interval, TimeSpan limit, Func<Replica, CancellationToken, ValueTask> visit)
    {
        try
        {
            await Task.Delay(interval * random.NextDouble(), clock.Time, stop.Token).ConfigureAwait(false);
            while (replica.Standing.State != ReplicaState.Gone)
            {
                using var time = new CancellationTokenSource(limit, clock.Time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop.Token);
                try
                {
                    await visit(replica, both.Token).AsTask().WaitAsync(limit, clock.Time, stop.Token).ConfigureAwait(false);
                }
                catch (Exception) when (!stop.IsCancellationRequested)
                {
                    // A visit that throws tells nobody anything; what it found out, it has said already.
                }
                await Task.Delay(interval, clock.Time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The director is being disposed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }
}
