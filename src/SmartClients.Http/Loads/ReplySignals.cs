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
    public static ReplySignals Read(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        if (headers.Count == 0) return default;
        var report = First(headers, Wire.LoadMetrics) is { } value && OrcaReader.TryParse(value, out var read) && read.HasFigures ? read : null;
        var changed = Says(headers, Wire.ServiceGroup, Wire.Changed);
        return new ReplySignals(report, Says(headers, Wire.ServiceState, Wire.Leaving), changed, changed ? ReadMembers(headers, response) : null);
    }

    static MemberSet? ReadMembers(HttpHeadersNonValidated headers, HttpResponseMessage response)
    {
        if (First(headers, Wire.ServiceMembers) is not { Length: <= MostMemberText } text) return null;
        try
        {
            return StaticNames.Parse(text).Immediate with { Source = "reply of " + response.RequestMessage?.RequestUri?.Authority };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static bool Says(HttpHeadersNonValidated headers, string name, string what) =>
        First(headers, name) is { } value && value.AsSpan().Trim().Equals(what, StringComparison.OrdinalIgnoreCase);

    // Where a header was added twice, the first is the server's own; what proxies add comes after it.
    static string? First(HttpHeadersNonValidated headers, string name)
    {
        if (!headers.TryGetValues(name, out var values)) return null;
        foreach (var value in values) return value;
        return null;
    }
}
