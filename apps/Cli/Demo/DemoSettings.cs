namespace SmartClients.Cli.Demo;

/// <summary>What <c>smart demo</c> was asked to do.</summary>
internal sealed record DemoSettings
{
    public required TimeSpan Length { get; init; }

    public required double Rate { get; init; }

    public required int Replicas { get; init; }

    public required string Directory { get; init; }

    public bool Json { get; init; }

    /// <summary>Requests in all.</summary>
    public long Requests => (long)(Length.TotalSeconds * Rate);
}
