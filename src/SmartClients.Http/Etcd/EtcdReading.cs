using System.Collections.Immutable;
using System.Text.Json;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>Reads a service's keys.</summary>
internal static class EtcdReading
{
    /// <summary>All keys.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="keys">Which.</param>
    /// <param name="anyNode">Whether a node may answer that has lost touch with the others, with what it knew then.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<EtcdRange> ReadAsync(this EtcdClient client, EtcdKeys keys, bool anyNode, CancellationToken cancel) =>
        AskAsync(client, keys, json =>
        {
            json.WriteLong("limit", MemberSet.Most + 1);
            if (anyNode) json.WriteBoolean("serializable", true);
        }, cancel);

    /// <summary>How many keys there are, and one that was changed at a revision or later, where there is one.</summary>
    public static Task<EtcdRange> ReadChangedAsync(this EtcdClient client, EtcdKeys keys, long revision, CancellationToken cancel) =>
        AskAsync(client, keys, json =>
        {
            json.WriteLong("limit", 1);
            json.WriteLong("min_mod_revision", revision);
            json.WriteBoolean("keys_only", true);
        }, cancel);

    static async Task<EtcdRange> AskAsync(EtcdClient client, EtcdKeys keys, Action<Utf8JsonWriter> write, CancellationToken cancel)
    {
        var question = EtcdJson.Write(json =>
        {
            json.WriteBytes("key", keys.First);
            json.WriteBytes("range_end", keys.End);
            write(json);
        });
        using var answer = await client.AskAsync("/v3/kv/range", question, cancel).ConfigureAwait(false);
        try
        {
            var root = answer.RootElement;
            var count = EtcdJson.Long(root, "count");
            if (count > MemberSet.Most) throw new FormatException($"etcd names {count:N0} members; the most is {MemberSet.Most:N0}.");
            var entries = root.TryGetProperty("kvs", out var found)
                ? found.EnumerateArray().Select(entry => Entry(entry, keys, deleted: false)).ToImmutableArray() : [];
            return new EtcdRange(entries, count, EtcdJson.Revision(root));
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw new EtcdException($"etcd's answer cannot be read: {error.Message}", error);
        }
    }

    public static EtcdEntry Entry(JsonElement entry, EtcdKeys keys, bool deleted) =>
        new(keys.AddressIn(EtcdJson.Bytes(entry, "key")), EtcdJson.Long(entry, "mod_revision"), deleted ? null : EtcdJson.Bytes(entry, "value"));
}
