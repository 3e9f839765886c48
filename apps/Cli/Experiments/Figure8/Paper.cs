namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>The paper's figures: "less than 5 ms latency to the end user", "approximately 10 ms under normal circumstances", "on detecting
/// a failure, the latency jumps to 1 second" (§4.3 and its figure 8).</summary>
/// <param name="UsualMs">Between the one and the other.</param>
/// <param name="FailureMs">When the server fails.</param>
internal sealed record Paper(IReadOnlyList<double> UsualMs, double FailureMs)
{
    public static Paper Figure8 { get; } = new([5, 10], 1000);
}
