namespace SmartClients.Naming.Certificates;

/// <summary>What clients may ask of the service at most. They win over what a program sets; <see langword="null"/> is no limit of the service's own.</summary>
public sealed record CertifiedLimits
{
    internal const int DefaultMembers = 10_000;

    /// <summary>The most members that a source may name; a larger set is refused whole.</summary>
    /// <value>The default is 10,000. 1 to <see cref="MemberSet.Most"/>.</value>
    public int Members { get; init; } = DefaultMembers;

    /// <summary>Caps <see cref="DirectorOptions.MaxAttempts"/>.</summary>
    /// <value>1 to 1,000.</value>
    public int? Attempts { get; init; }

    /// <summary>Caps <see cref="DirectorOptions.RetryShare"/>.</summary>
    /// <value>0 to 10.</value>
    public double? RetryShare { get; init; }

    /// <summary>Caps <see cref="DirectorOptions.HedgeShare"/>.</summary>
    /// <value>0 to 1.</value>
    public double? HedgeShare { get; init; }
}
