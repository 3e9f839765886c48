using SmartClients.Naming;

namespace SmartClients.Cli.Calling;

/// <summary>What <c>smart call</c> was asked to do.</summary>
internal sealed record CallSettings
{
    public required ServiceName Url { get; init; }

    public string Scheme { get; init; } = "http";

    public string? Method { get; init; }

    public IReadOnlyList<string> Headers { get; init; } = [];

    public string? Data { get; init; }

    public bool ShowHead { get; init; }

    public string? OutputFile { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    public string Policy { get; init; } = "";

    public bool Hedge { get; init; } = true;

    public TimeSpan Timeout { get; init; }

    /// <summary>Many requests and a table, instead of one reply.</summary>
    public int? Count { get; init; }

    public double? Rate { get; init; }

    public int? Concurrency { get; init; }
}
