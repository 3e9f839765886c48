using System.Globalization;
using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Describing;

/// <summary>Some of a scenario's replicas: <c>all</c>, <c>3</c>, <c>0-49</c>, <c>zone:b</c>, or several of these with commas between.</summary>
internal static class Replicas
{
    /// <summary>Those that a text means.</summary>
    public static IEnumerable<Server> Of(string text, IReadOnlyList<Server> servers) => servers.Where(server => Has(text, server.Index, server.Endpoint.Zone));

    /// <summary>Whether it can be read at all.</summary>
    public static bool IsGood(string text) => text.Split(',').All(part => part is "all" || part.StartsWith("zone:", StringComparison.Ordinal) || Range(part) is not null);

    static bool Has(string text, int index, string? zone)
    {
        foreach (var part in text.Split(','))
            if (part is "all" || zone is not null && part == "zone:" + zone || Range(part) is { } range && index >= range.From && index <= range.To) return true;
        return false;
    }

    static (int From, int To)? Range(string part)
    {
        var ends = part.Split('-');
        if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from)) return null;
        return ends.Length == 1 ? (from, from) : int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var to) && to >= from ? (from, to) : null;
    }
}
