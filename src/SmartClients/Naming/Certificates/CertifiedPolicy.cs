namespace SmartClients.Naming.Certificates;

/// <summary>How the service wishes its replicas to be picked. Declarative: names and numbers, never code. What a program sets itself
/// wins; <see langword="null"/> leaves the client's own default.</summary>
public sealed record CertifiedPolicy
{
    /// <summary>A policy's name, such as <c>blended</c>. One that this client does not know is left aside.</summary>
    public string? Name { get; init; }

    /// <summary>See <see cref="DirectorOptions.Affinity"/>.</summary>
    public bool? Affinity { get; init; }

    /// <summary>See <see cref="DirectorOptions.Hedge"/>.</summary>
    public bool? Hedge { get; init; }

    /// <summary>See <see cref="DirectorOptions.Timeout"/>.</summary>
    /// <value>Above zero, up to a day.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>See <see cref="DirectorOptions.AttemptTimeout"/>.</summary>
    /// <value>Above zero, up to a day.</value>
    public TimeSpan? AttemptTimeout { get; init; }
}
