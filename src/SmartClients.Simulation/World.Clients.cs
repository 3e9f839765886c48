using SmartClients.Learning;
using SmartClients.Naming;
using SmartClients.Simulation.Clients;

namespace SmartClients.Simulation;

/// <content>The clients, each with a director of its own.</content>
public sealed partial class World
{
    IEnumerable<Client> MakeClients(Contender contender, Random chance)
    {
        var names = new StaticNames(Servers.Select(s => s.Endpoint));
        var (group, limit) = (Scenario.Clients, Scenario.DeadlineMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan);
        var usual = new DirectorOptions();
        var options = usual with
        {
            Time = Time,
            // One stream for all: on one thread they draw from it in one order.
            Random = chance,
            Timeout = limit,
            AttemptTimeout = Scenario.Clients.AttemptTimeoutMs is { } shorter ? TimeSpan.FromMilliseconds(shorter) : limit,
            Hedge = group.Hedging,
            MembersFromReplies = true,
            FailuresToEject = group.Ejection ? usual.FailuresToEject : int.MaxValue,
            SuccessRateToEject = group.Ejection ? usual.SuccessRateToEject : 0,
        };
        for (var i = 0; i < group.Count; i++)
        {
            var zone = group.Zones.Count > 0 ? group.Zones[i % group.Zones.Count] : null;
            var its = contender.Options(zone is null ? options : options with { Zone = zone });
            var client = new Client(i, new Director("simulated", names, its, contender.Policy(this)), zone);
            if (Scenario.Help.PollEveryMs is { } every) client.Director.PollLoad(TimeSpan.FromMilliseconds(every), (endpoint, _) => AskAsync(client, endpoint));
            if (Scenario.Help.Probes) client.Director.ProbeLoad((endpoint, _) => AskAsync(client, endpoint), contender.Probes);
            yield return client;
        }
    }

    ValueTask<LoadReport?> AskAsync(Client client, Endpoint endpoint) => new(new Question(this, client, byEndpoint[endpoint]).Ask());
}
