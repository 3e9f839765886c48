using System.Text;
using SmartClients.Kubernetes;

namespace SmartClients.Fuzz.Targets;

/// <summary>Lines of a watch of Kubernetes' EndpointSlices.</summary>
internal sealed class SlicesTarget : FuzzTarget
{
    public override string Name => "slices";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("""{"type":"ADDED","object":{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"q-1","resourceVersion":"7","labels":{"a":"b"}},"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":true,"serving":true,"terminating":false},"zone":"eu","targetRef":{"kind":"Pod","name":"p"}}],"ports":[{"name":"http","port":8080,"protocol":"TCP"}]}}"""),
        Utf8("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","creationTimestamp":"2026-11-23T08:00:00Z"}}}"""),
    ];

    public override IReadOnlyList<string> Words { get; } =
        ["\"type\":\"ERROR\"", "\"type\":\"DELETED\"", "\"object\":{", "\"code\":410", "\"message\":\"too old\"", "\"metadata\":null", "\"resourceVersion\"", "\"endpoints\":null", "\"ports\":[{\"port\":70000}]", "\"addresses\":[]"];

    public override string Feed(byte[] input)
    {
        var read = SliceEvent.Read(Encoding.UTF8.GetString(input));
        return $"read {read.Type} {read.Slice.Endpoints?.Count} {read.Slice.Ports?.Count}";
    }

    public override bool Documents(Exception error) => error is ClusterException;
}
