using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Laws;

namespace SmartClients.Simulation.Tests.Laws;

public class LawTests
{
    const int Draws = 2_000_000;

    // The variance in parts of the mean's square; a negative one is not checked.
    [Theory]
    [InlineData(WorkLaw.Exponential, 1)]
    [InlineData(WorkLaw.Constant, 0)]
    [InlineData(WorkLaw.Normal, 0.64)]
    [InlineData(WorkLaw.HyperExponential, 5.5)]
    [InlineData(WorkLaw.Pareto, -1)]
    public void The_mean_is_one_and_the_variance_what_it_should_be(WorkLaw law, double variance)
    {
        var drawn = Drawn.Work(new Work { Law = law });
        var chance = new Chance(1, 1);
        double sum = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            var x = drawn.Draw(chance);
            Assert.True(x >= 0);
            (sum, squares) = (sum + x, squares + x * x);
        }
        var mean = sum / Draws;
        Assert.InRange(mean, 0.98, 1.02);
        if (variance >= 0) Assert.InRange(squares / Draws - mean * mean, variance * 0.98 - 1e-9, variance * 1.02 + 1e-9);
    }
}
