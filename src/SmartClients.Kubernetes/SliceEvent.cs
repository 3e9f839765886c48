using System.Text.Json;
using k8s.Models;

namespace SmartClients.Kubernetes;

/// <summary>One line of a watch.</summary>
/// <param name="Type">What has happened to the slice; a bookmark only brings its version.</param>
/// <param name="Slice">The slice as it is now, or as it was last.</param>
internal readonly record struct SliceEvent(WatchEventType Type, V1EndpointSlice Slice)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="ClusterException">It says that the watch is over, or it cannot be read.</exception>
    public static SliceEvent Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var (type, about) = (document.RootElement.GetProperty("type").GetString(), document.RootElement.GetProperty("object"));
            if (type == "ERROR")
            {
                var status = about.Deserialize(ClusterJson.Default.V1Status)!;
                throw new ClusterException($"the API server ends the watch: {status.Message}", null, status.Code ?? 0);
            }
            var slice = about.Deserialize(ClusterJson.Default.V1EndpointSlice)!;
            if (slice.Metadata?.ResourceVersion is null) throw new FormatException("it has no resourceVersion");
            return new SliceEvent(type switch
            {
                "ADDED" => WatchEventType.Added,
                "MODIFIED" => WatchEventType.Modified,
                "DELETED" => WatchEventType.Deleted,
                "BOOKMARK" => WatchEventType.Bookmark,
                _ => throw new FormatException($"its type is '{type}'"),
            }, slice);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ClusterException("an event of the watch cannot be read: " + error.Message) { IsBroken = true };
        }
    }
}
