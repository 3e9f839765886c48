namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>What <c>--json</c> prints, and what is kept in a folder.</summary>
/// <param name="Conditions">What all strikes have in common.</param>
/// <param name="Strikes">In the order of measuring.</param>
/// <param name="Paper">The paper's figures.</param>
internal sealed record FailoverResults(FailoverConditions Conditions, IReadOnlyList<Strike> Strikes, Paper Paper)
{
    public const string FileName = "results.json";
}
