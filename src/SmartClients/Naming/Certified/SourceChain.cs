using System.Threading.Channels;

namespace SmartClients.Naming.Certified;

/// <summary>
/// Several sources of one group, the preferred one first. The first that answers serves. One that fails, or takes its time, has the next
/// begun beside it; when a preferred one answers again, it takes over and those after it rest. What was told last serves until then.
/// </summary>
/// <param name="sources">At least one.</param>
/// <param name="refuses">Why a set is not taken.</param>
/// <param name="random">Spreads what many clients do.</param>
internal sealed class SourceChain(IReadOnlyList<NameSource> sources, Func<MemberSet, string?> refuses, Random random)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    readonly record struct Event(int Index, MemberSet? Set, Exception? Error);

    readonly CancellationTokenSource?[] watches = new CancellationTokenSource?[sources.Count];
    readonly string?[] troubles = new string?[sources.Count];
    readonly Channel<Event> events = Channel.CreateUnbounded<Event>();
    readonly List<Task> running = [];
    int begun;
    int? serving;
    bool told;

    /// <summary>Tells sets until cancelled.</summary>
    /// <exception cref="IOException">No source has answered yet, and every one has failed; the message says of each why.</exception>
    public async Task RunAsync(Action<MemberSet> tell, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            BeginNext(time, cancel);
            while (true)
            {
                if (await NextAsync(time, cancel).ConfigureAwait(false) is not var (index, set, error)) BeginNext(time, cancel);
                else if (error is not null) Failed(index, error, time, cancel);
                else if (serving is null || index <= serving) Take(index, set!, tell);
            }
        }
        finally
        {
            for (var i = 0; i < sources.Count; i++) Stop(i);
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    /// <summary>Somebody said that the group has changed.</summary>
    public void Nudge()
    {
        foreach (var source in sources) source.Nudge();
    }

    // While nobody serves and somebody is left to ask, the wait is short, and may be in vain.
    async ValueTask<Event?> NextAsync(TimeProvider time, CancellationToken cancel)
    {
        while (true)
        {
            if (events.Reader.TryRead(out var next)) return next;
            var any = events.Reader.WaitToReadAsync(cancel).AsTask();
            try
            {
                await (serving is null && begun < sources.Count ? any.WaitAsync(Patience, time, cancel) : any).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    void Take(int index, MemberSet set, Action<MemberSet> tell)
    {
        for (var i = index + 1; i < sources.Count; i++) Stop(i);
        (troubles[index], serving, begun, told) = (null, index, index + 1, true);
        tell(set);
    }

    void Failed(int index, Exception error, TimeProvider time, CancellationToken cancel)
    {
        troubles[index] = $"{sources[index].Description}: {error.Message.TrimEnd('.')}";
        if (index == serving) serving = null;
        if (serving is not null) return;
        if (begun < sources.Count) BeginNext(time, cancel);
        else if (!told && Array.TrueForAll(troubles, t => t is not null)) throw new IOException($"no source of members answers: {string.Join("; ", troubles)}");
    }

    void BeginNext(TimeProvider time, CancellationToken cancel)
    {
        var index = begun++;
        Stop(index);
        var watch = watches[index] = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        running.RemoveAll(task => task.IsCompleted);
        running.Add(WatchAsync(index, time, watch.Token));
    }

    void Stop(int index)
    {
        watches[index]?.Cancel();
        watches[index]?.Dispose();
        watches[index] = null;
    }

    async Task WatchAsync(int index, TimeProvider time, CancellationToken cancel)
    {
        var source = sources[index];
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await foreach (var set in source.WatchAsync(time, cancel).ConfigureAwait(false))
                    events.Writer.TryWrite(refuses(set) is { } why ? new Event(index, null, new FormatException(why)) : new Event(index, set, null));
                if (source.IsFixed) return;
            }
            catch (Exception error)
            {
                if (!cancel.IsCancellationRequested) events.Writer.TryWrite(new Event(index, null, error));
            }
            await Task.Delay(Again * (0.75 + 0.5 * random.NextDouble()), time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
