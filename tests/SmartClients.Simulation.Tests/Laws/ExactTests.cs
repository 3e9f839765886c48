using CsCheck;
using SmartClients.Simulation.Laws;

namespace SmartClients.Simulation.Tests.Laws;

public class ExactTests
{
    [Fact]
    public void Logarithms_are_right_to_the_last_digits() => Gen.Double[1e-300, 1e300].Sample(x =>
        Assert.True(Math.Abs(Exact.Log(x) - Math.Log(x)) <= 4e-16 * Math.Max(1, Math.Abs(Math.Log(x)))));

    [Fact]
    public void Logarithms_near_one_too() => Gen.Double[0.5, 2].Sample(x =>
        Assert.True(Math.Abs(Exact.Log(x) - Math.Log(x)) <= 4e-16));

    [Fact]
    public void Powers_of_e_are_right_to_the_last_digits() => Gen.Double[-600, 600].Sample(x =>
        Assert.True(Math.Abs(Exact.Exp(x) / Math.Exp(x) - 1) <= 1e-13));
}
