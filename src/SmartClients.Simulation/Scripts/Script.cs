using SmartClients.Picking;
using SmartClients.Simulation.Clients;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Scripts;

/// <summary>A scenario written out: which requests come and when, and what befalls the replicas. Whoever plays it with real servers gives them
/// the day that simulated ones have under the same seed.</summary>
public sealed record Script
{
    /// <summary>The replicas as they begin, in the scenario's order.</summary>
    public required IReadOnlyList<Condition> Beginning { get; init; }

    /// <summary>The requests, in order of time, those of the warm-up first.</summary>
    public required IReadOnlyList<ScriptedRequest> Requests { get; init; }

    /// <summary>The changes of single replicas, in order of time.</summary>
    public required IReadOnlyList<ScriptedChange> Changes { get; init; }

    /// <summary>Writes a scenario out, as far as its last request that counts.</summary>
    /// <param name="scenario">The day. Nobody sends anything, so that it does not matter what clients would do.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="cancel">Gives up.</param>
    public static Script Of(Scenario scenario, long seed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var world = new World(scenario, Contender.Of("nobody", static () => new UniformRandom()), seed);
        var requests = new List<ScriptedRequest>();
        var counted = 0L;
        world.Listener = (client, work, counts) =>
        {
            requests.Add(new ScriptedRequest(world.Seconds, client.Index, work / VirtualTime.Millisecond));
            if (counts) counted++;
        };
        Condition[] beginning = [.. world.Servers.Select(Condition.Of)], now = [.. beginning];
        var changes = new List<ScriptedChange>();
        world.Arrivals.Begin();
        while (counted < scenario.Requests && world.Time.Step())
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var server in world.Servers)
            {
                var condition = Condition.Of(server);
                if (condition == now[server.Index]) continue;
                now[server.Index] = condition;
                changes.Add(new ScriptedChange(world.Seconds, server.Index, condition));
            }
        }
        // What happens to a replica at one time in several steps is one change.
        return new Script { Beginning = beginning, Requests = requests, Changes = [.. changes.GroupBy(change => (change.Seconds, change.Replica)).Select(steps => steps.Last())] };
    }
}
