using System.Text.Json.Serialization;
using k8s.Models;

namespace SmartClients.Kubernetes;

/// <summary>The API's documents that are read here.</summary>
[JsonSerializable(typeof(V1EndpointSliceList))]
[JsonSerializable(typeof(V1EndpointSlice))]
[JsonSerializable(typeof(V1Status))]
internal sealed partial class ClusterJson : JsonSerializerContext;
