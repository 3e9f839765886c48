using System.Collections.Frozen;
using System.Collections.Immutable;
using k8s.Models;
using SmartClients.Naming;

namespace SmartClients.Kubernetes;

/// <summary>The endpoint slices of a service, and the members that they come to.</summary>
internal sealed class Slices(KubernetesName name)
{
    // A service has slices of each family that it serves; they name the same pods.
    static readonly string[] Families = ["IPv4", "IPv6", "FQDN"];

    readonly SortedDictionary<string, V1EndpointSlice> slices = new(StringComparer.Ordinal);

    public void Replace(IEnumerable<V1EndpointSlice> all)
    {
        slices.Clear();
        foreach (var slice in all) slices[NameOf(slice)] = slice;
    }

    public void Apply(SliceEvent change)
    {
        if (change.Type == WatchEventType.Deleted) slices.Remove(NameOf(change.Slice));
        else slices[NameOf(change.Slice)] = change.Slice;
    }

    /// <summary>The members; <see langword="null"/> when there is none.</summary>
    /// <exception cref="FormatException">The service has several ports and the name none, or one that it has not.</exception>
    public MemberSet? ToSet()
    {
        var family = Families.FirstOrDefault(f => slices.Values.Any(slice => slice.AddressType == f && slice.Endpoints is { Count: > 0 }));
        var all = slices.Values.Where(slice => slice.AddressType == family && slice.Endpoints is not null)
            .SelectMany(slice => slice.Endpoints.Select(endpoint => (Endpoint: endpoint, Port: PortOf(slice)))).ToList();
        // As the cluster itself does it: pods on their way out serve while there are no others.
        var chosen = all.Where(one => IsReady(one.Endpoint.Conditions)).ToList();
        if (chosen.Count == 0) chosen = [.. all.Where(one => one.Endpoint.Conditions is { Serving: true, Terminating: true })];
        var members = chosen.Where(one => one.Endpoint.Addresses is [_, ..])
            .Select(one => Member(one.Endpoint, one.Port)).DistinctBy(member => member.Address).ToImmutableArray();
        return members.IsEmpty ? null : new MemberSet(members, name.ToString());
    }

    static string NameOf(V1EndpointSlice slice) => slice.Metadata?.Name ?? throw new FormatException("An endpoint slice has no name.");

    // While a pod moves from one slice to another, it may be in both: the ready one wins by being the only one chosen.
    static bool IsReady(V1EndpointConditions? conditions) => conditions?.Ready ?? true;

    // Every address of an endpoint reaches the same pod.
    static Endpoint Member(V1Endpoint endpoint, int port)
    {
        var metadata = new Dictionary<string, string>();
        if (endpoint.TargetRef is { Kind: "Pod", Name: { } pod }) metadata["pod"] = pod;
        if (endpoint.NodeName is { } node) metadata["node"] = node;
        return new Endpoint(endpoint.Addresses[0], port) { Zone = endpoint.Zone, Metadata = metadata.ToFrozenDictionary() };
    }

    int PortOf(V1EndpointSlice slice)
    {
        if (name.PortNumber is { } number) return number;
        var ports = slice.Ports?.Where(port => port.Port is not null).ToList() ?? [];
        if (name.Port is null && ports is [{ Port: { } only }]) return only;
        if (name.Port is not null && ports.Find(port => port.Name == name.Port) is { Port: { } named }) return named;
        var known = string.Join(", ", ports.Select(port => string.IsNullOrEmpty(port.Name) ? $"{port.Port}" : port.Name));
        throw new FormatException(
            $"{name} has {(known.Length == 0 ? "no port" : "the ports " + known)}: write {KubernetesName.Form}:{name.Service}.{name.Namespace}:{(known.Length == 0 ? "NUMBER" : "PORT")}.");
    }
}
