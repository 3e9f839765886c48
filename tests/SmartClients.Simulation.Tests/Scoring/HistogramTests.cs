using CsCheck;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation.Tests.Scoring;

public class HistogramTests
{
    [Theory]
    [InlineData(Histogram.Fine, 0.002)]
    [InlineData(Histogram.Coarse, 0.0157)]
    public void A_percentile_is_told_to_half_a_bucket(int bits, double error) =>
        Gen.Select(Gen.Long[1024, 1L << 41].Array[1, 200], Gen.Double[0.001, 1]).Sample((samples, share) =>
        {
            var histogram = new Histogram(bits);
            foreach (var sample in samples) histogram.Add(sample);
            var exact = samples.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * samples.Length) - 1));
            // Within the bucket of the true one, whose width is twice the error.
            Assert.InRange(histogram.Percentile(share), exact * (1 - 2 * error), exact * (1 + 2 * error));
            Assert.Equal(samples.Average(), histogram.Mean, 1e-6 * samples.Average());
        });
}
