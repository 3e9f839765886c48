using SmartClients.Naming;

namespace SmartClients.Http;

/// <summary>
/// The addresses of one replica. Making and parsing a <see cref="Uri"/> costs more than everything else between the caller and the
/// socket, so the last few are kept; they are immutable, and the same paths are mostly asked for again and again.
/// </summary>
internal sealed class Route(Endpoint endpoint)
{
    const int Kept = 16;
    const int LongestKept = 256;

    sealed record Known(string Path, string Scheme, Uri Uri);

    readonly Known?[] known = new Known?[Kept];

    /// <summary>The address of the same resource at this replica.</summary>
    public Uri To(Uri address, string scheme)
    {
        var path = address.PathAndQuery;
        ref var slot = ref known[string.GetHashCode(path) & (Kept - 1)];
        if (Volatile.Read(ref slot) is { } hit && hit.Path == path && hit.Scheme == scheme) return hit.Uri;
        var uri = new ReplicaAddress($"{scheme}://{endpoint.Address}{path}", endpoint.Authority);
        if (path.Length <= LongestKept) Volatile.Write(ref slot, new Known(path, scheme, uri));
        return uri;
    }
}
