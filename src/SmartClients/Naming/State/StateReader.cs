using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace SmartClients.Naming.State;

/// <summary>Reads the state within a document. Everything is checked as if it came from the network: another version of this program may
/// have written it.</summary>
internal static class StateReader
{
    public const int MostText = 4096;
    public const int MostTimesOut = 1000;
    public const double LongestMs = 24 * 3600 * 1000.0;
    const int MostCertificate = 1 << 20;

    /// <exception cref="FormatException">A field is missing or wrong.</exception>
    public static SavedService Read(JsonElement state, string service)
    {
        if (state.ValueKind != JsonValueKind.Object) throw new FormatException("its state is no object");
        if (Text(state, "service", ServiceName.MostCharacters) != service) throw new FormatException("it is of another service");
        var known = state.TryGetProperty("membership", out var members) ? Members(members) : null;
        return new SavedService
        {
            Certificate = state.TryGetProperty("certificate", out var certificate) ? Certificate(certificate) : null,
            Members = known,
            Lessons = state.TryGetProperty("lessons", out var lessons) ? Lessons(lessons, known) : null,
        };
    }

    static SavedCertificate Certificate(JsonElement from) => new(
        Encoding.UTF8.GetBytes(Text(from, "document", MostCertificate)), Time(from, "fetched"), Text(from, "origin", MostText));

    static SavedMembers Members(JsonElement from)
    {
        var source = Text(from, "source", MostText);
        return new SavedMembers(MembersDocument.Read(from, source).Endpoints, source, Time(from, "learned"));
    }

    static SavedLessons Lessons(JsonElement from, SavedMembers? members)
    {
        if (!from.TryGetProperty("replicas", out var replicas) || replicas.GetArrayLength() > MemberSet.Most) throw new FormatException("its replicas cannot be read");
        // Mostly they are the members, whose addresses have been read already.
        var known = members?.Endpoints.Select(endpoint => endpoint.Address).ToHashSet() ?? [];
        return new SavedLessons(Milliseconds(from, "typical_ms"), [.. replicas.EnumerateArray().Select(replica => Replica(replica, known))]);
    }

    static SavedReplica Replica(JsonElement from, HashSet<string> known)
    {
        var text = Text(from, "address", MostText);
        var replica = new SavedReplica(known.TryGetValue(text, out var address) ? address : Endpoint.Parse(text).Address);
        if (Milliseconds(from, "latency_ms") is { } latency) replica = replica with { Latency = latency, Measured = Time(from, "measured") };
        if (!from.TryGetProperty("out_until", out _)) return replica;
        var times = from.GetProperty("times_out").GetInt32();
        if (times is < 0 or > MostTimesOut) throw new FormatException("its times_out is out of range");
        return replica with { OutUntil = Time(from, "out_until"), TimesOut = times, Cause = Text(from, "cause", MostText) };
    }

    static string Text(JsonElement from, string name, int most)
    {
        if (!from.TryGetProperty(name, out var value) || value.GetString() is not { } text) throw new FormatException($"it has no {name}");
        return text.Length <= most ? text : throw new FormatException($"its {name} is longer than {most} characters");
    }

    static DateTimeOffset Time(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new FormatException($"its {name} is no time");

    static TimeSpan? Milliseconds(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value)) return null;
        return value.TryGetDouble(out var ms) && ms is >= 0 and <= LongestMs ? TimeSpan.FromTicks((long)(ms * TimeSpan.TicksPerMillisecond))
            : throw new FormatException($"its {name} is out of range");
    }
}
