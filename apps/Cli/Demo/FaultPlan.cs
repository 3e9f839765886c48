namespace SmartClients.Cli.Demo;

/// <summary>What happens to the replicas and when, one thing at a time: the times are shares of the whole length.</summary>
internal sealed class FaultPlan(TimeSpan length, List<ReplicaProcess> replicas, Tally tally, Screen screen, TimeProvider time)
{
    const int Restarts = 5;

    static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until the plan or the load is at its end; every replica runs again after it, unless it was killed late.</summary>
    public async Task RunAsync(long began, CancellationToken cancel)
    {
        var (killed, frozen, broken) = (replicas[0], replicas[1], replicas[2 % replicas.Count]);
        try
        {
            await UntilAsync(0.10, began, cancel);
            Say(Phase.Kill, began, $"SIGKILL to {killed.Name}");
            await killed.KillAsync();

            await UntilAsync(0.30, began, cancel);
            Say(Phase.Restart, began, $"{killed.Name} is started again");
            await RestartAsync(killed, cancel);
            Say(Phase.Restart, began, $"{killed.Name} listens again");

            if (Signals.Known)
            {
                await UntilAsync(0.45, began, cancel);
                Say(Phase.Freeze, began, $"SIGSTOP to {frozen.Name}");
                await FreezeAsync(frozen, began, cancel);
                Say(Phase.Thaw, began, $"SIGCONT to {frozen.Name}");
            }

            await UntilAsync(0.70, began, cancel);
            Say(Phase.Errors, began, $"{broken.Name} answers 500");
            broken.Break();
            await UntilAsync(0.85, began, cancel);
            broken.Mend();
            Say(Phase.Steady, began, $"{broken.Name} is well again");
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The load has ended before the plan did.
        }
    }

    async Task FreezeAsync(ReplicaProcess frozen, long began, CancellationToken cancel)
    {
        foreach (var other in replicas.Where(r => r != frozen)) other.Guard(frozen.Id);
        frozen.Freeze();
        try
        {
            await UntilAsync(0.60, began, cancel);
        }
        finally
        {
            frozen.Thaw();
            foreach (var other in replicas.Where(r => r != frozen)) other.Guard(0);
        }
    }

    // The port may be taken for a moment by somebody's outgoing connection.
    async Task RestartAsync(ReplicaProcess replica, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await replica.StartAsync(replica.Endpoint.Port, cancel);
                return;
            }
            catch (IOException) when (attempt < Restarts)
            {
                await replica.KillAsync();
                await Task.Delay(RestartPause, time, cancel);
            }
        }
    }

    void Say(Phase phase, long began, string text)
    {
        tally.Phase = phase;
        screen.Event(FormattableString.Invariant($"{time.GetElapsedTime(began).TotalSeconds,5:0.0} s  {text}"));
    }

    async Task UntilAsync(double share, long began, CancellationToken cancel)
    {
        var left = length * share - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, cancel);
        else cancel.ThrowIfCancellationRequested();
    }
}
