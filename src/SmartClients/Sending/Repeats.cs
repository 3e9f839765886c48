using SmartClients.Learning;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Sending;

/// <summary>Whether and when a request gets another attempt: the rules and the two budgets that they spend from.</summary>
internal sealed class Repeats
{
    const int EnoughSamples = 50;

    readonly string? service;
    readonly DirectorOptions options;
    readonly LatencyHistogram latencies;
    readonly Budget retries;
    readonly Budget hedges;
    readonly long hedgeAtFirst;
    readonly long hedgeFloor;

    public Repeats(string? service, DirectorOptions options, LatencyHistogram latencies)
    {
        (this.service, this.options, this.latencies) = (service, options, latencies);
        retries = new Budget(options.RetryShare, options.RetriesPerSecond);
        hedges = new Budget(options.HedgeShare, options.HedgesPerSecond, beside: retries);
        (hedgeAtFirst, hedgeFloor) = (Clock.Nanoseconds(options.HedgeAtFirst), Clock.Nanoseconds(options.HedgeFloor));
    }

    /// <summary>Begins with what was made and spent by these rules before, by the same clock.</summary>
    public void Inherit(Repeats before)
    {
        retries.Inherit(before.retries);
        hedges.Inherit(before.hedges);
    }

    public double RetriesLeft(long now) => retries.Left(now);

    public double HedgesLeft(long now) => hedges.Left(now);

    /// <summary>How long after an attempt's start a hedge is due, in nanoseconds.</summary>
    public long HedgeDelay => latencies.Samples < EnoughSamples ? hedgeAtFirst : Math.Max(hedgeFloor, latencies.High);

    /// <summary>Whether this request may be hedged at all.</summary>
    public bool Hedges(RequestOptions request) => options.Hedge && request is { Hedge: true, Repeatable: true };

    /// <summary>A request was made: both budgets grow.</summary>
    public void Deposit(long now) => retries.Deposit(now);

    /// <summary>Whether a failed request may go elsewhere. Charges the budget when it may.</summary>
    /// <param name="request">What the request allows.</param>
    /// <param name="delivery">How far the failed attempt got.</param>
    /// <param name="attempts">Attempts begun so far.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <returns><see langword="null"/> when it may; else why not.</returns>
    public UnavailableReason? MayRetry(RequestOptions request, Delivery delivery, int attempts, long now)
    {
        if (!request.Repeatable && delivery >= Delivery.MayHaveExecuted) return UnavailableReason.NotRepeatable;
        if (attempts >= (request.MaxAttempts ?? options.MaxAttempts)) return UnavailableReason.AttemptsSpent;
        return Spend(retries, "retry", now) ? null : UnavailableReason.BudgetSpent;
    }

    /// <summary>Whether a copy may be sent beside a slow attempt, or beside one whose replica died. Charges the budget when it may.</summary>
    public bool MayRunBeside(Cause cause, RequestOptions request, int attempts, long now) =>
        request.Repeatable && attempts < (request.MaxAttempts ?? options.MaxAttempts)
        && Spend(cause == Cause.Hedge ? hedges : retries, cause == Cause.Hedge ? "hedge" : "reapply", now);

    bool Spend(Budget budget, string cause, long now)
    {
        if (budget.TrySpend(now))
        {
            Telemetry.Repeat(service, cause);
            return true;
        }
        Telemetry.Refused(service, cause);
        return false;
    }
}
