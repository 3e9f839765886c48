using SmartClients.Learning;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients.Tests.Sending;

public class RepeatsTests
{
    const long Now = Clock.Second;

    readonly LatencyHistogram latencies = new(0.99);

    Repeats New(DirectorOptions? options = null) => new("test", options ?? new DirectorOptions(), latencies);

    [Theory]
    [InlineData(Delivery.NeverSent, null)]
    [InlineData(Delivery.Rejected, null)]
    [InlineData(Delivery.MayHaveExecuted, UnavailableReason.NotRepeatable)]
    [InlineData(Delivery.Executed, UnavailableReason.NotRepeatable)]
    public void What_is_not_repeatable_goes_elsewhere_only_when_it_was_surely_not_carried_out(Delivery delivery, UnavailableReason? refusal) =>
        Assert.Equal(refusal, New().MayRetry(RequestOptions.Once, delivery, 1, Now));

    [Theory]
    [InlineData(Delivery.NeverSent)]
    [InlineData(Delivery.MayHaveExecuted)]
    [InlineData(Delivery.Executed)]
    public void What_is_repeatable_always_goes_elsewhere(Delivery delivery) =>
        Assert.Null(New().MayRetry(RequestOptions.Default, delivery, 1, Now));

    [Fact]
    public void Attempts_end_at_the_options_and_the_request_goes_before_the_director()
    {
        var repeats = New(new DirectorOptions { MaxAttempts = 2 });
        Assert.Null(repeats.MayRetry(RequestOptions.Default, Delivery.NeverSent, 1, Now));
        Assert.Equal(UnavailableReason.AttemptsSpent, repeats.MayRetry(RequestOptions.Default, Delivery.NeverSent, 2, Now));
        Assert.Null(repeats.MayRetry(new RequestOptions { MaxAttempts = 3 }, Delivery.NeverSent, 2, Now));
    }

    [Fact]
    public void A_refusal_for_another_reason_costs_the_budget_nothing()
    {
        var repeats = New();
        var before = repeats.RetriesLeft(Now);
        repeats.MayRetry(RequestOptions.Once, Delivery.MayHaveExecuted, 1, Now);
        repeats.MayRetry(new RequestOptions { MaxAttempts = 1 }, Delivery.NeverSent, 1, Now);
        Assert.Equal(before, repeats.RetriesLeft(Now));
    }

    [Fact]
    public void A_spent_budget_refuses_retries_and_leaves_hedges_alone()
    {
        var repeats = New(new DirectorOptions { RetryShare = 0, RetriesPerSecond = 0.1 });
        Assert.Null(repeats.MayRetry(RequestOptions.Default, Delivery.NeverSent, 1, Now));
        Assert.Equal(UnavailableReason.BudgetSpent, repeats.MayRetry(RequestOptions.Default, Delivery.NeverSent, 1, Now));
        Assert.True(repeats.MayRunBeside(Cause.Hedge, RequestOptions.Hedged, 1, Now));
        Assert.False(repeats.MayRunBeside(Cause.Reapply, RequestOptions.Hedged, 1, Now));
    }

    [Fact]
    public void Hedging_needs_the_director_the_request_and_repeatability()
    {
        Assert.True(New().Hedges(RequestOptions.Hedged));
        Assert.False(New().Hedges(RequestOptions.Default));
        Assert.False(New().Hedges(new RequestOptions { Hedge = true, Repeatable = false }));
        Assert.False(New(new DirectorOptions { Hedge = false }).Hedges(RequestOptions.Hedged));
        Assert.False(New().MayRunBeside(Cause.Hedge, RequestOptions.Once, 1, Now));
    }

    [Fact]
    public void The_hedge_delay_is_fixed_at_first_then_the_percentile_then_never_under_the_floor()
    {
        var repeats = New();
        Assert.Equal(250 * Clock.Millisecond, repeats.HedgeDelay);
        for (var i = 0; i < 64; i++) latencies.Add(40 * Clock.Millisecond);
        Assert.InRange(repeats.HedgeDelay, 40 * Clock.Millisecond, 46 * Clock.Millisecond);
        for (var i = 0; i < 20_000; i++) latencies.Add(10_000);
        Assert.Equal(10 * Clock.Millisecond, repeats.HedgeDelay);
    }
}
