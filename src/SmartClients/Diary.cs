using SmartClients.Candidates;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming.State;

namespace SmartClients;

/// <summary>Keeps what a director knows for the next process: shortly after the first members came, twice a minute while there is
/// something new, and at the end. Never on the way of a request; what goes wrong here is the store's to tell.</summary>
internal sealed class Diary(StateStore store, string name, DirectorOptions options, Clock clock) : IAsyncDisposable
{
    static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    static readonly TimeSpan AtLast = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    readonly CancellationTokenSource stop = new();
    readonly Recollection recollection = new(options, clock);
    Task? keeping;
    int begun;
    (long LearnedAt, long Requests, int Out) written;

    /// <summary>What an earlier process left; <see langword="null"/> when there is nothing.</summary>
    public SavedService? Read()
    {
        try
        {
            return store.Read(name);
        }
        catch (Exception)
        {
            // A store of a program's own that breaks its word: no request fails for it.
            Telemetry.BadInput("state");
            return null;
        }
    }

    /// <summary>Begins to write, if it did not before.</summary>
    public void Begin(Group group, Lessons lessons)
    {
        if (Interlocked.Exchange(ref begun, 1) == 0) keeping = Apart.Begin(() => KeepAsync(group, lessons));
    }

    async Task KeepAsync(Group group, Lessons lessons)
    {
        var pause = AtFirst;
        try
        {
            while (true)
            {
                await Task.Delay(pause * (0.75 + 0.5 * options.Random.NextDouble()), clock.Time, stop.Token).ConfigureAwait(false);
                pause = Interval;
                await WriteAsync(group, lessons, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The last entry is made with some patience, and no more.
            await Task.WhenAny(WriteAsync(group, lessons, CancellationToken.None), Task.Delay(AtLast, clock.Time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    async Task WriteAsync(Group group, Lessons lessons, CancellationToken cancel)
    {
        var members = group.Current;
        var facts = Facts(members);
        if (members.Replicas.IsEmpty || facts == written || members.IsHint && facts.Requests == written.Requests) return;
        try
        {
            if (await store.UpdateAsync(name, saved => Entry(saved ?? new SavedService(), members, lessons), cancel).ConfigureAwait(false)) written = facts;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Telemetry.BadInput("state");
        }
    }

    SavedService Entry(SavedService saved, Members members, Lessons lessons)
    {
        var wall = clock.Time.GetUtcNow();
        var learned = wall - Clock.Span(clock.Now - members.LearnedAt);
        // Another process may know the group better; a time in the future says that a clock was wrong.
        var better = members.IsHint || saved.Members is { } other && other.Learned > learned && other.Learned <= wall + ClockSkew;
        return saved with
        {
            Members = better ? saved.Members : new SavedMembers([.. members.Replicas.Select(r => r.Endpoint)], members.Source, learned),
            Lessons = recollection.Lessons(members, lessons.HasTypical ? Clock.Span(lessons.Typical) : null, saved.Lessons),
        };
    }

    static (long LearnedAt, long Requests, int Out) Facts(Members members)
    {
        var (requests, gone) = (0L, 0);
        foreach (var replica in members.Replicas)
        {
            requests += replica.Vitals.Requests;
            if (!replica.Standing.TakesRequests) gone++;
        }
        return (members.LearnedAt, requests, gone);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        if (keeping is { } running) await running.ConfigureAwait(false);
    }
}
