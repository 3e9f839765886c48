using SmartClients.Naming;
using SmartClients.Simulation.Clients;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation;

/// <content>What profiles do to a world.</content>
public sealed partial class World
{
    readonly HashSet<Server> absent = [];

    /// <summary>Pairs of clients and servers, by index, between which every message is lost.</summary>
    internal List<Func<int, int, bool>> Cuts { get; } = [];

    /// <summary>Lets something happen so many seconds after the start.</summary>
    internal void At(double seconds, Action what) => Time.Set(new Occasion(what), VirtualTime.Start + Nanoseconds(seconds * 1000));

    internal bool IsCut(int client, Server server)
    {
        foreach (var cut in Cuts)
            if (cut(client, server.Index)) return true;
        return false;
    }

    internal long OneWay(Client client, Server server) => Nanoseconds(
        Scenario.Network.AcrossZonesMs is { } across && client.Zone != server.Endpoint.Zone ? across : Scenario.Network.OneWayMs);

    /// <summary>The group's source no longer names some, and tells every client.</summary>
    internal void Leave(IEnumerable<Server> servers)
    {
        absent.UnionWith(servers);
        Tell();
    }

    /// <summary>It names them again.</summary>
    internal void Join(IEnumerable<Server> servers)
    {
        absent.ExceptWith(servers);
        Tell();
    }

    void Tell()
    {
        var members = new MemberSet([.. Servers.Where(s => !absent.Contains(s)).Select(s => s.Endpoint)], "simulated");
        foreach (var client in Clients) client.Director.GroupChanged(members);
    }
}
