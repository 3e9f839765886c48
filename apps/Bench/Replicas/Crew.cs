using SmartClients.Bench.Plays;
using SmartClients.Bench.Processes;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Replicas;

/// <summary>The replicas of a play.</summary>
internal sealed class Crew : IAsyncDisposable
{
    readonly IReadOnlyList<ReplicaProcess> replicas;
    readonly Play play;
    readonly TimeProvider time;

    public Crew(Play play, ChildProgram program, double roundsPerMs, TimeProvider time)
    {
        (this.play, this.time) = (play, time);
        replicas = [.. Enumerable.Range(0, play.Replicas).Select(i => new ReplicaProcess(
            program, new ReplicaSettings(0, play.ProcessorShare, roundsPerMs, unchecked((int)play.Seed * 1009 + i)), time))];
    }

    public IReadOnlyList<int> Ports => [.. replicas.Select(replica => replica.Port)];

    /// <summary>As the play begins.</summary>
    public Task BeginAsync(CancellationToken cancel) => Task.WhenAll(replicas.Select(async (replica, i) =>
    {
        // A port is known only of one that has been there.
        if (play.Beginning[i].IsGone && replica.Port == 0) await replica.TurnAsync(play.Beginning[i] with { Failing = 0 }, cancel);
        await replica.TurnAsync(play.Beginning[i], cancel);
    }));

    /// <summary>Lets happen to them what the script says, until it is at its end or nobody wants more.</summary>
    public async Task PlayAsync(long began, CancellationToken cancel)
    {
        var turning = new List<Task>();
        try
        {
            foreach (var change in play.Changes)
            {
                var left = TimeSpan.FromSeconds(change.Seconds) - time.GetElapsedTime(began);
                if (left > TimeSpan.Zero) await Task.Delay(left, time, cancel);
                turning.Add(replicas[change.Replica].TurnAsync(change.Condition, cancel));
            }
            await Task.WhenAll(turning);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Task.WhenAll(turning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas) await replica.DisposeAsync();
    }
}
