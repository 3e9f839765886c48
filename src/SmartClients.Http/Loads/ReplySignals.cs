using System.Net.Http.Headers;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using SmartClients.Naming;

namespace SmartClients.Http.Loads;

/// <summary>What a helping server says in the head of a reply, beside the reply.</summary>
/// <param name="Report">Its load; <see langword="null"/> when it says nothing that can be believed.</param>
/// <param name="Leaving">It is leaving.</param>
/// <param name="GroupChanged">The group has changed: the source should be asked again.</param>
/// <param name="Members">All members, where the server names them; <see langword="null"/> when it does not, or not readably.</param>
internal readonly record struct ReplySignals(LoadReport? Report, bool Leaving, bool GroupChanged, MemberSet? Members = null)
{
    const int MostMemberText = 16 << 10;

    /// <summary>Reads the head without parsing the headers it does not need. Allocates nothing but the report.</summary>
    // One walk over the headers: to look each name up costs twice as much for replies of any length.
    public static ReplySignals Read(HttpResponseMessage response)
    {
        string? load = null, state = null, group = null, members = null;
        foreach (var (name, values) in response.Headers.NonValidated)
            if (Is(name, Wire.LoadMetrics)) load = First(values);
            else if (Is(name, Wire.ServiceState)) state = First(values);
            else if (Is(name, Wire.ServiceGroup)) group = First(values);
            else if (Is(name, Wire.ServiceMembers)) members = First(values);
        var report = load is not null && OrcaReader.TryParse(load, out var read) && read.HasFigures ? read : null;
        var changed = Says(group, Wire.Changed);
        return new ReplySignals(report, Says(state, Wire.Leaving), changed, changed ? ReadMembers(members, response) : null);
    }

    static MemberSet? ReadMembers(string? text, HttpResponseMessage response)
    {
        if (text is not { Length: <= MostMemberText }) return null;
        try
        {
            return StaticNames.Parse(text).Immediate with { Source = "reply of " + response.RequestMessage?.RequestUri?.Authority };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    static bool Says(string? value, string what) => value.AsSpan().Trim().Equals(what, StringComparison.OrdinalIgnoreCase);

    // Where a header was added twice, the first is the server's own; what proxies add comes after it.
    static string? First(HeaderStringValues values)
    {
        foreach (var value in values) return value;
        return null;
    }
}
