using SmartClients.Learning;

namespace SmartClients.Sending;

/// <summary>
/// How many extra attempts may be made: a share of the requests of the last ten seconds, plus so many a second whatever the
/// traffic (Finagle's retry budget). Spent when an attempt is scheduled, not when it ends, so that waiting ones count.
/// </summary>
/// <param name="share">Extra attempts for each request.</param>
/// <param name="perSecond">Extra attempts for each second.</param>
/// <param name="beside">Another budget, whose deposits count for this one too.</param>
internal sealed class Budget(double share, double perSecond, Budget? beside = null)
{
    CountWindow counts;

    /// <summary>Begins with another's last ten seconds, of the same clock.</summary>
    public void Inherit(Budget before) => counts = before.counts;

    /// <summary>A request was made.</summary>
    public void Deposit(long now) => counts.Count(second: false, now);

    /// <summary>Takes one extra attempt, if there is one left.</summary>
    public bool TrySpend(long now)
    {
        if (Left(now) < 1) return false;
        counts.Count(second: true, now);
        return true;
    }

    /// <summary>Extra attempts left now.</summary>
    public double Left(long now)
    {
        var (requests, spent) = counts.Read(now);
        if (beside is not null) requests += beside.counts.Read(now).First;
        return share * requests + perSecond * (CountWindow.Length / Clock.Second) - spent;
    }
}
