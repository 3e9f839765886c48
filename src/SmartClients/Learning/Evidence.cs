namespace SmartClients.Learning;

/// <summary>A load report, where it came from, and when.</summary>
/// <param name="Report">What the server said.</param>
/// <param name="Source">How it came.</param>
/// <param name="ReceivedAt">Nanoseconds of the director's clock.</param>
public sealed record Evidence(LoadReport Report, ReportSource Source, long ReceivedAt)
{
    /// <summary>How much the report still counts: 1 when fresh, 1/e after <paramref name="decay"/> nanoseconds, 0 after five times that.</summary>
    public double Weight(long now, double decay)
    {
        var age = Math.Max(0, now - ReceivedAt) / decay;
        return age > 5 ? 0 : Math.Exp(-age);
    }
}
