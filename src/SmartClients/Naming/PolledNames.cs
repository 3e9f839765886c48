using System.Runtime.CompilerServices;

namespace SmartClients.Naming;

/// <summary>A source that is asked again and again: as often as its answers say, never in step with other clients, sooner when told that
/// the group has changed, and ever less often while it fails. Each answer is told, so that the members' age is that of the last one.</summary>
/// <param name="random">Spreads the questions of many clients; a shared one when left out.</param>
public abstract class PolledNames(Random? random = null) : NameSource
{
    /// <summary>The shortest time between two questions: 1 second. A shorter pause is taken for this.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest: 1 hour. A longer pause is taken for this.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    const double Spread = 0.1;
    const int MostDoublings = 5;
    static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    readonly Random random = random ?? SharedRandom.Instance;
    volatile TaskCompletionSource nudged = New();
    int failures;

    /// <summary>Asks once.</summary>
    /// <param name="time">The director's clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">There is no answer, or none that makes sense: the message says what and why.</exception>
    protected abstract ValueTask<PolledSet> AskAsync(TimeProvider time, CancellationToken cancel);

    /// <inheritdoc/>
    public sealed override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        // The director watches anew after a pause of its own; a source that goes on failing is asked less and less.
        if (failures > 1) await RestAsync(Backoff(), time, cancel).ConfigureAwait(false);
        while (true)
        {
            // What was said before this question is answered by it; what is said during it is not.
            if (nudged.Task.IsCompleted) nudged = New();
            failures++;
            var (set, pause) = await AskAsync(time, cancel).ConfigureAwait(false);
            failures = 0;
            yield return set;
            await RestAsync(Spreaded(pause), time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Asks again soon, though not more often than <see cref="ShortestPause"/> allows.</summary>
    public override void Nudge() => nudged.TrySetResult();

    async Task RestAsync(TimeSpan pause, TimeProvider time, CancellationToken cancel)
    {
        var least = Spreaded(ShortestPause);
        await Task.Delay(pause < least ? pause : least, time, cancel).ConfigureAwait(false);
        if (pause <= least) return;
        try
        {
            await nudged.Task.WaitAsync(pause - least, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time for the next question.
        }
    }

    // Only ever later: whoever gave the answer said how long it holds.
    TimeSpan Spreaded(TimeSpan pause) =>
        (pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause) * (1 + Spread * random.NextDouble());

    TimeSpan Backoff()
    {
        var plain = TimeSpan.FromSeconds(1 << Math.Min(failures - 2, MostDoublings));
        return (plain < LongestBackoff ? plain : LongestBackoff) * (0.75 + 0.5 * random.NextDouble());
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
