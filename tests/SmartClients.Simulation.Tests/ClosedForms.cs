using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Oracles;

namespace SmartClients.Simulation.Tests;

/// <summary>Worlds whose mean times theory knows exactly (balancing.md §5), each within 1 %. A random policy over many servers is as many
/// separate queues, which is the quickest way to a sure mean.</summary>
public class ClosedForms
{
    static readonly Contender Random = Contender.Named("random");

    [Theory]
    [InlineData(0.5, 2.0, 1_000_000)]
    [InlineData(0.8, 5.0, 6_000_000)]
    public void M_M_1(double load, double exact, long requests) =>
        Model.Within(0.01, exact, Model.MeanTime(Model.Of(load, servers: 50, requests: requests), Random));

    [Theory]
    [InlineData(0.5, 1.00722)]
    [InlineData(0.8, 1.20459)]
    public void M_M_10(double load, double exact) =>
        Model.Within(0.01, exact, Model.MeanTime(Model.Of(load, cores: 10), Random));

    [Fact]
    public void M_M_10_at_nine_tenths() =>
        Model.Within(0.01, 1.66873, Model.MeanTime(Model.Of(0.9, cores: 10, requests: 4_000_000), Random));

    [Fact]
    public void M_M_100_at_nineteen_twentieths() =>
        Model.Within(0.01, 1.10129, Model.MeanTime(Model.Of(0.95, cores: 100, requests: 3_000_000), Random));

    [Theory]
    [InlineData(0.5, 1.32464)]
    [InlineData(0.8, 2.92227)]
    public void One_round_robin_over_ten_is_E10_M_1(double load, double exact) =>
        Model.Within(0.01, exact, Model.MeanTime(Model.Of(load, servers: 10, requests: 2_000_000), Contender.Named("round-robin")));

    [Theory]
    [InlineData(0.5, 1.42632)]
    [InlineData(0.7, 2.10820)]
    public void The_shorter_of_two_queues(double load, double exact) =>
        Model.Within(0.01, exact, Model.MeanTime(Model.Of(load, servers: 2, requests: 2_000_000), Contender.Jsq));

    [Theory]
    [InlineData(2, 0.5, 1.26569)]
    [InlineData(2, 0.9, 2.61406)]
    [InlineData(3, 0.9, 2.02786)]
    public void The_supermarket_of_a_thousand(int choices, double load, double exact) =>
        Model.Within(0.01, exact, Model.MeanTime(Model.Of(load, servers: 1000, requests: 1_500_000), new Contender("some", world => new ShortestOfSome(world, choices))));

    // The limit is that of infinitely many servers: a thousand are a little above it, and the more so the fuller they are.
    [Theory]
    [InlineData(0.95, 3.38305, 0.005)]
    [InlineData(0.99, 5.43200, 0.03)]
    public void The_supermarket_near_its_limit(double load, double exact, double within) =>
        Model.Within(within, exact, Model.MeanTime(Model.Of(load, servers: 1000, requests: 3_000_000), Contender.TrueP2c));

    [Theory]
    [InlineData(WorkLaw.Exponential)]
    [InlineData(WorkLaw.Constant)]
    [InlineData(WorkLaw.Normal)]
    [InlineData(WorkLaw.HyperExponential)]
    public void A_shared_processor_does_not_mind_the_law_of_work(WorkLaw law) =>
        Model.Within(0.01, 1 / (1 - 0.7), Model.MeanTime(Model.Of(0.7, servers: 50, order: ServiceOrder.Sharing, work: new Work { Law = law }, requests: 2_000_000), Random));

    [Theory]
    [InlineData(WorkLaw.Constant, 0)]
    [InlineData(WorkLaw.Normal, 0.64)]
    public void First_come_first_served_does(WorkLaw law, double squaredVariation) =>
        Model.Within(0.01, 1 + 0.7 * (1 + squaredVariation) / (2 * 0.3), Model.MeanTime(Model.Of(0.7, servers: 50, work: new Work { Law = law }, requests: 2_000_000), Random));

    [Fact]
    public void Four_cores_shared_are_M_M_4_in_the_mean() =>
        Model.Within(0.01, 1.74554, Model.MeanTime(Model.Of(0.8, servers: 10, cores: 4, order: ServiceOrder.Sharing, requests: 2_000_000), Random));

    [Fact]
    public void The_tail_of_M_M_1_is_exponential()
    {
        var score = Run.Once(Model.Of(0.5, servers: 50, requests: 2_000_000), Random);
        Model.Within(0.01, Math.Log(100) / 0.5, score.P99Ms / Model.UnitMs);
        Model.Within(0.02, Math.Log(1000) / 0.5, score.P999Ms / Model.UnitMs);
    }
}
