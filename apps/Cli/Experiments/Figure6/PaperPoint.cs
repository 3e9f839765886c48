namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>A figure of the paper.</summary>
/// <param name="Servers">So many servers.</param>
/// <param name="Clients">So many clients at a time.</param>
/// <param name="MbPerS">Aggregate bandwidth in MB/s.</param>
internal sealed record PaperPoint(int Servers, int Clients, double MbPerS)
{
    /// <summary>What §4.2 says in words: "8 clients are able to saturate the single available Ethernet link at 1.2 MB/s", "sixteen
    /// clients are able to retrieve approximately 2 MB/s from two servers, while 16 clients saturate four servers at approximately
    /// 3 MB/s". The curves between these points are in the paper's picture only; none was read off it.</summary>
    public static IReadOnlyList<PaperPoint> All { get; } = [new(1, 8, 1.2), new(1, 16, 1.2), new(2, 16, 2), new(4, 16, 3)];

    public const string Read = "the paper, as §4.2 says in words; no point was read off its picture";
}
