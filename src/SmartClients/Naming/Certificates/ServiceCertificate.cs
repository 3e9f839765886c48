using System.Collections.Immutable;

namespace SmartClients.Naming.Certificates;

/// <summary>
/// What a service says of itself (§3.2 of the paper): first endpoints, where the living set of members is learnt, how to pick, and how
/// people use it. Immutable. It is worth something only as part of a <see cref="SignedCertificate"/>. The JSON form, its schema and its
/// limits are those of <see cref="CertificateDocument"/>.
/// </summary>
public sealed record ServiceCertificate
{
    /// <summary>The service's bare name, as <see cref="ServiceName.Value"/> has it.</summary>
    public required string Name { get; init; }

    /// <summary>A short title for people; found by searches.</summary>
    public string? Title { get; init; }

    /// <summary>A sentence or two for people; found by searches.</summary>
    public string? Description { get; init; }

    /// <summary>Words to be found by.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Grows with each publication: a certificate with a lower one than was seen before is refused, so that nobody can replay
    /// an old one.</summary>
    /// <value>1 to 2^53 - 1.</value>
    public required long Serial { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>How long after <see cref="Expires"/> it may still be used while no newer one can be had: the rule <c>use</c>. Zero is the
    /// rule <c>refuse</c>.</summary>
    /// <value>The default is zero. Up to 366 days.</value>
    public TimeSpan UseStale { get; init; }

    /// <summary>The first members: a hint, which the sources' answers replace.</summary>
    public ImmutableArray<Endpoint> Endpoints { get; init; } = [];

    /// <summary>Names of the membership sources, the preferred one first: <c>srv:_quotes._tcp.example.org</c>,
    /// <c>https://example.org/members.json</c>, <c>members:/path</c> (asked of the members known). Where there is none, the endpoints are the members.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Whether a source's document must be signed by the certificate's key; sources that have no document are then refused.</summary>
    public bool SignedMembers { get; init; }

    /// <summary>How replicas are picked.</summary>
    public CertifiedPolicy Policy { get; init; } = new();

    /// <summary>What clients may ask of the service.</summary>
    public CertifiedLimits Limits { get; init; } = new();

    /// <summary>How people and programs use it.</summary>
    public ClientInterface Interface { get; init; } = new();

    /// <summary>The thumbprint of the key that may sign the next certificate in this one's stead.</summary>
    public string? NextKey { get; init; }
}
