using SmartClients.Cli.Naming;
using SmartClients.Naming;

namespace SmartClients.Cli.Calling;

/// <summary>What <c>smart call</c> was asked to do.</summary>
internal sealed record CallSettings
{
    public required ServiceName Url { get; init; }

    /// <summary>As asked for; the service says it, or it is http, when nobody did.</summary>
    public string? Scheme { get; init; }

    public string? Method { get; init; }

    public IReadOnlyList<string> Headers { get; init; } = [];

    public string? Data { get; init; }

    public bool ShowHead { get; init; }

    public string? OutputFile { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }

    public string? Policy { get; init; }

    public bool? Hedge { get; init; }

    public TimeSpan? Timeout { get; init; }

    public NamingSettings Naming { get; init; } = new(null, KeepState: true);

    /// <summary>Between two pieces of a body that comes in pieces.</summary>
    public TimeSpan Patience => Timeout ?? TimeSpan.FromSeconds(30);

    /// <summary>Many requests and a table, instead of one reply.</summary>
    public int? Count { get; init; }

    public double? Rate { get; init; }

    public int? Concurrency { get; init; }
}
