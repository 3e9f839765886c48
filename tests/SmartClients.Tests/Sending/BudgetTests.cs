using CsCheck;
using SmartClients.Sending;

namespace SmartClients.Tests.Sending;

public class BudgetTests
{
    [Fact]
    public void The_floor_is_there_without_any_request()
    {
        var budget = new Budget(0.2, 10);
        Assert.Equal(100, Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(Clock.Second)));
        Assert.Equal(0, budget.Left(Clock.Second));
    }

    [Fact]
    public void A_share_of_the_requests_is_added()
    {
        var budget = new Budget(0.2, 0);
        for (var i = 0; i < 99; i++) budget.Deposit(Clock.Second);
        Assert.Equal(19, Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(Clock.Second)));
    }

    [Fact]
    public void What_was_spent_is_forgotten_after_ten_seconds()
    {
        var budget = new Budget(0, 1);
        while (budget.TrySpend(Clock.Second)) { }
        Assert.False(budget.TrySpend(10 * Clock.Second));
        Assert.True(budget.TrySpend(11 * Clock.Second));
    }

    [Fact]
    public void Nothing_allowed_is_nothing_spent() => Assert.False(new Budget(0, 0).TrySpend(Clock.Second));

    [Fact]
    public void Over_any_ten_seconds_the_extra_attempts_keep_within_share_and_floor() =>
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 5], Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Long[0, 2 * Clock.Second]).List[1, 60])
            .Sample((share, floor, steps) =>
            {
                var budget = new Budget(share, floor);
                List<(long Bucket, int Requests, int Spent)> all = [];
                var now = Clock.Second;
                foreach (var (requests, wanted, pause) in steps)
                {
                    now += pause;
                    for (var i = 0; i < requests; i++) budget.Deposit(now);
                    all.Add((now / Clock.Second, requests, Enumerable.Range(0, wanted).Count(_ => budget.TrySpend(now))));
                    var window = all.Where(a => a.Bucket > now / Clock.Second - 10).ToList();
                    // A request that has left the window takes its share along; what it paid for was spent while it was there.
                    if (all[^1].Spent > 0 && window.Sum(a => a.Spent) > share * window.Sum(a => a.Requests) + floor * 10 + 1e-9) return false;
                }
                return true;
            });
}
