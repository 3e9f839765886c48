using SmartClients.Learning;

namespace SmartClients.Sending;

/// <summary>
/// How many extra attempts may be made: a share of the requests of the last ten seconds, plus so many a second whatever the
/// traffic (Finagle's retry budget). Spent when an attempt is scheduled, not when it ends, so that waiting ones count.
/// </summary>
internal sealed class Budget(double share, double perSecond)
{
    const long Window = 10 * Clock.Second;

    CountWindow counts;

    /// <summary>A request was made.</summary>
    public void Deposit(long now) => counts.Count(second: false, now, Window);

    /// <summary>Takes one extra attempt, if there is one left.</summary>
    public bool TrySpend(long now)
    {
        if (Left(now) < 1) return false;
        counts.Count(second: true, now, Window);
        return true;
    }

    /// <summary>Extra attempts left now.</summary>
    public double Left(long now)
    {
        var (requests, spent) = counts.Read(now, Window);
        return share * requests + perSecond * 10 - spent;
    }
}
