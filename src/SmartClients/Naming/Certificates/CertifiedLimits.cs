namespace SmartClients.Naming.Certificates;

/// <summary>What clients may ask of the service at most. They win over what a program sets; <see langword="null"/> is no limit of the service's own.</summary>
public sealed record CertifiedLimits
{
    /// <summary>The most members that a source may name; a larger set is refused whole.</summary>
    /// <value>The default is 10,000. 1 to <see cref="MemberSet.Most"/>.</value>
    public int Members { get; init; } = 10_000;

    /// <summary>Caps <see cref="DirectorOptions.MaxAttempts"/>.</summary>
    public int? Attempts { get; init; }

    /// <summary>Caps <see cref="DirectorOptions.RetryShare"/>.</summary>
    public double? RetryShare { get; init; }

    /// <summary>Caps <see cref="DirectorOptions.HedgeShare"/>.</summary>
    public double? HedgeShare { get; init; }
}
