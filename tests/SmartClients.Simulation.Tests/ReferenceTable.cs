namespace SmartClients.Simulation.Tests;

/// <summary>The table of an independent simulator (balancing.md §6.4): its medians and 99th percentiles, reproduced for the policies that need
/// no help from servers.</summary>
public class ReferenceTable
{
    const double DeadlineMs = 2000;

    // p50 and p99 of JSQ in milliseconds, and of the others in parts of these; an infinite one ran into the deadline.
    [Theory]
    [InlineData("s1-homogeneous", 0.02, 9.73, 31.21, 1.40, 2.83, 1.18, 1.51, 1.21, 1.47, 1.07, 1.09)]
    [InlineData("s2-heterogeneous", 0.05, 8.85, 40.56, 1.81, double.PositiveInfinity, 1.69, double.PositiveInfinity, 1.25, 2.10, 1.08, 1.16)]
    [InlineData("s3-antagonists", 0.05, 9.99, 37.56, 1.37, 17, 1.23, 16, 1.16, 2.06, 1.04, 1.13)]
    [InlineData("s4-grey-failure", 0.05, 9.74, 31.52, 1.22, 2.70, 1.10, 1.51, 1.12, 1.28, 1.02, 1.03)]
    [InlineData("s5-sparse", 0.02, 9.73, 31.21, 1.40, 2.81, 1.40, 2.83, 1.40, 2.79, 1.07, 1.09)]
    [InlineData("s6-testbed", 0.05, 10.16, 74.63, 1.19, double.PositiveInfinity, 1.19, double.PositiveInfinity, 1.08, 3.43, 1.01, 1.07)]
    public void It_is_reproduced(
        string scenario, double within, double p50, double p99, double randomP50, double randomP99, double turnsP50, double turnsP99,
        double twoP50, double twoP99, double trueP50, double trueP99)
    {
        var wrong = new List<string>();
        var day = ScenarioReader.Find(scenario) with { Requests = 500_000 };
        Check("jsq", 1, 1);
        Check("random", randomP50, randomP99);
        Check("round-robin", turnsP50, turnsP99);
        Check("p2c", twoP50, twoP99);
        Check("p2c-true", trueP50, trueP99);
        Assert.Empty(wrong);

        void Check(string policy, double ratioP50, double ratioP99)
        {
            var score = Run.Once(day, Contender.Named(policy));
            Compare(policy + " p50", score.P50Ms, p50 * ratioP50);
            Compare(policy + " p99", score.P99Ms, Math.Min(DeadlineMs, p99 * ratioP99));
        }

        void Compare(string what, double ours, double theirs)
        {
            if (Math.Abs(ours / theirs - 1) > within) wrong.Add($"{what}: {ours:0.00} ms, not {theirs:0.00} ({ours / theirs - 1:+0.0%;-0.0%})");
        }
    }
}
