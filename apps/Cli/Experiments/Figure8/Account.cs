using System.Collections.Immutable;
using SmartClients.Cli.Experiments.Figure8.Crowd;
using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>Reckons up what was noted during a strike.</summary>
internal sealed class Account(Client client, Listener other, ChatGroup group, IReadOnlyList<(int Server, long At)> struck, TimeProvider time)
{
    readonly ImmutableArray<Written> lines = client.Written;

    long First => struck[0].At;

    public Strike Of(string fault, int number) => new(fault, number)
    {
        AtS = [.. struck.Select(one => Math.Round(time.GetElapsedTime(lines[0].At, one.At).TotalSeconds, 4))],
        WithLineOnItsWay = false,
        HitTheWriter = false,
        ReaderAwayMs = Away(),
        LongestWriteMs = Longest(line => line.Acknowledged),
        LongestReadMs = Longest(line => client.Listener.Arrived(line.Message.Id)),
        LongestElsewhereMs = Longest(line => other.Arrived(line.Message.Id)),
        UsualWriteMs = Usual(line => line.Acknowledged),
        UsualReadMs = Usual(line => client.Listener.Arrived(line.Message.Id)),
        UsualElsewhereMs = Usual(line => other.Arrived(line.Message.Id)),
        Wrong = client.Listener.Faults + other.Faults
            + lines.Count(line => line.Acknowledged is null || client.Listener.Arrived(line.Message.Id) is null || other.Arrived(line.Message.Id) is null),
        Lines =
        [
            .. lines.Select(line => new LineTimes(
                Math.Round(time.GetElapsedTime(lines[0].At, line.At).TotalSeconds, 4),
                Since(line, line.Acknowledged), Since(line, client.Listener.Arrived(line.Message.Id)), Since(line, other.Arrived(line.Message.Id)))),
        ],
    };

    // From a strike at the server that served until the next one did.
    double? Away()
    {
        double? longest = null;
        var served = client.Listener.Served.ToList();
        for (var i = 1; i < served.Count; i++)
        {
            var before = group.NumberOf(served[i - 1].Server);
            var at = struck.LastOrDefault(one => one.Server == before && one.At <= served[i].At).At;
            if (at > 0) longest = Math.Max(longest ?? 0, Milliseconds(at, served[i].At));
        }
        return longest;
    }

    double? Longest(Func<Written, long?> end)
    {
        var times = lines.Where(line => !(line.Acknowledged < First)).Select(line => Since(line, end(line))).ToList();
        return times.Contains(null) ? null : times.Max();
    }

    double Usual(Func<Written, long?> end)
    {
        var before = lines.Where(line => end(line) < First).Select(line => Since(line, end(line))!.Value).ToList();
        // The first lines make connections.
        before = [.. before.Skip(before.Count / 4).Order()];
        return before.Count > 0 ? before[before.Count / 2] : 0;
    }

    double? Since(Written line, long? end) => end is { } at ? Milliseconds(line.At, at) : null;

    double Milliseconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalMilliseconds, 3);
}
