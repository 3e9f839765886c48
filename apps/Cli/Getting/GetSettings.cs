using SmartClients.Cli.Naming;
using SmartClients.Transfer.Checking;

namespace SmartClients.Cli.Getting;

/// <summary>What <c>smart get</c> was asked to do.</summary>
internal sealed record GetSettings
{
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>A file, a folder, or <c>-</c>; the file's own name when left out.</summary>
    public string? Output { get; init; }

    public string? Scheme { get; init; }

    public Hash? Sha256 { get; init; }

    public string? Manifest { get; init; }

    public int Parallel { get; init; } = 4;

    public bool Recursive { get; init; }

    public bool Resume { get; init; } = true;

    public string? Policy { get; init; }

    public bool Verbose { get; init; }

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public NamingSettings Naming { get; init; } = new(null, KeepState: true);

    public bool Json { get; init; }

    public bool ToPipe => Output == "-";
}
