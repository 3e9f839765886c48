using System.Collections.Immutable;
using System.Text.Json;

namespace SmartClients.Http.Etcd;

/// <summary>One line of a watch's answer.</summary>
/// <param name="Changes">What has changed, oldest first.</param>
/// <param name="Next">The revision to go on from, should the stream break after this; 0 when this line does not say.</param>
/// <param name="IsCompacted">etcd no longer knows what has happened since the revision that was asked for.</param>
internal readonly record struct EtcdMessage(ImmutableArray<EtcdEntry> Changes, long Next, bool IsCompacted)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="EtcdException">It says that the watch is over, or it cannot be read.</exception>
    public static EtcdMessage Read(string line, EtcdKeys keys)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.TryGetProperty("error", out var error))
                throw new EtcdException("etcd ends the watch: " + EtcdJson.Text(error, "message"), null, (int)EtcdJson.Long(error, "grpc_code"));
            var result = document.RootElement.GetProperty("result");
            if (EtcdJson.Is(result, "canceled"))
                return EtcdJson.Long(result, "compact_revision") > 0 ? new EtcdMessage([], 0, IsCompacted: true)
                    : throw new EtcdException("etcd ends the watch: " + EtcdJson.Text(result, "cancel_reason"));
            var changes = result.TryGetProperty("events", out var events)
                ? events.EnumerateArray().Select(item => Change(item, keys)).ToImmutableArray() : [];
            // The answer's own revision may be ahead of its changes: more of them may follow.
            var next = !changes.IsEmpty ? changes[^1].Revision + 1 : EtcdJson.Is(result, "created") ? 0 : EtcdJson.Revision(result) + 1;
            return new EtcdMessage(changes, next, IsCompacted: false);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // A line that a dying node did not finish, perhaps.
            throw new EtcdException("etcd's watch cannot be read: " + error.Message);
        }
    }

    static EtcdEntry Change(JsonElement item, EtcdKeys keys) =>
        EtcdReading.Entry(item.GetProperty("kv"), keys, deleted: EtcdJson.Text(item, "type") == "DELETE");
}
