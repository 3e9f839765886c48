using System.Text;
using System.Text.Json;

namespace SmartClients.Naming.State;

/// <summary>Writes the state within a document, and nothing that <see cref="StateReader"/> would refuse: one replica's odd figure must not
/// cost the service its certificate.</summary>
internal static class StateWriter
{
    public static void Write(Utf8JsonWriter json, string service, SavedService saved)
    {
        json.WriteStartObject();
        json.WriteString("service", service);
        if (saved.Certificate is { } certificate) Write(json, certificate);
        if (saved.Members is { } members) Write(json, members);
        if (saved.Lessons is { } lessons) Write(json, lessons);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SavedCertificate certificate)
    {
        json.WriteStartObject("certificate");
        json.WriteString("fetched", certificate.Fetched.ToUniversalTime());
        json.WriteString("origin", Text(certificate.Origin));
        // As text: the bytes that were signed come back as they are, whatever a JSON writer would make of them.
        json.WriteString("document", Encoding.UTF8.GetString(certificate.Document.Span));
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SavedMembers members)
    {
        json.WriteStartObject("membership");
        json.WriteString("source", Text(members.Source));
        json.WriteString("learned", members.Learned.ToUniversalTime());
        MembersDocument.WriteMembers(json, members.Endpoints);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SavedLessons lessons)
    {
        json.WriteStartObject("lessons");
        if (lessons.Typical is { } typical) json.WriteNumber("typical_ms", Milliseconds(typical));
        json.WriteStartArray("replicas");
        foreach (var replica in lessons.Replicas) Write(json, replica);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SavedReplica replica)
    {
        json.WriteStartObject();
        json.WriteString("address", replica.Address);
        if (replica.Latency is { } latency)
        {
            json.WriteNumber("latency_ms", Milliseconds(latency));
            json.WriteString("measured", replica.Measured.ToUniversalTime());
        }
        if (replica.OutUntil is { } until)
        {
            json.WriteString("out_until", until.ToUniversalTime());
            json.WriteNumber("times_out", Math.Clamp(replica.TimesOut, 0, StateReader.MostTimesOut));
            json.WriteString("cause", Text(replica.Cause));
        }
        json.WriteEndObject();
    }

    static string Text(string text) => text.Length <= StateReader.MostText ? text : text[..StateReader.MostText];

    static double Milliseconds(TimeSpan span) => Math.Clamp(span.TotalMilliseconds, 0, StateReader.LongestMs);
}
