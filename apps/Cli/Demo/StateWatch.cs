using SmartClients.Cli.Output;

namespace SmartClients.Cli.Demo;

/// <summary>Tells when the director changes its mind about a replica.</summary>
internal sealed class StateWatch(Director director, IReadOnlyList<ReplicaProcess> replicas, Screen screen, TimeProvider time)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    readonly Dictionary<string, string> believed = [];

    public async Task RunAsync(long began, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) Look(began);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    void Look(long began)
    {
        foreach (var member in director.Members)
        {
            var now = Words.State(member);
            if (believed.TryGetValue(member.Endpoint.Address, out var before) && before != now)
                screen.Event(FormattableString.Invariant(
                    $"{time.GetElapsedTime(began).TotalSeconds,5:0.0} s    the director: {Name(member.Endpoint.Address)} is {now}"));
            believed[member.Endpoint.Address] = now;
        }
    }

    string Name(string address) => replicas.FirstOrDefault(r => r.Endpoint.Address == address)?.Name ?? address;
}
