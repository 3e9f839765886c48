using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>When a certificate is looked at again: pure rules, given numbers.</summary>
internal static class Revalidation
{
    static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Most = TimeSpan.FromHours(1);

    /// <summary>The shortest time between two questions that replies bring about.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>How long one is believed without another look: a tenth of its life, a minute to an hour.</summary>
    public static TimeSpan Freshness(ServiceCertificate certificate) =>
        TimeSpan.FromTicks(Math.Clamp((certificate.Expires - certificate.Issued).Ticks / 10, Least.Ticks, Most.Ticks));

    /// <summary>How long to wait from now.</summary>
    /// <param name="kept">What is believed.</param>
    /// <param name="failures">Questions in a row that nobody answered.</param>
    /// <param name="now">The time.</param>
    /// <param name="chance">0 to 1: many clients do not ask together.</param>
    public static TimeSpan Wait(KeptCertificate kept, int failures, DateTimeOffset now, double chance)
    {
        var certificate = kept.Envelope.Certificate;
        var fresh = Freshness(certificate);
        // Never later than an hour from now, whatever became of the clock.
        var due = failures == 0 ? Min(kept.Fetched - now + fresh * (0.8 + 0.2 * chance), fresh) : Min(Least * Math.Pow(2, Math.Min(failures - 1, 10)), fresh) * (0.75 + 0.5 * chance);
        // As it ends another is needed; from then on every minute or so.
        var left = certificate.Expires - now;
        due = left > TimeSpan.Zero ? Min(due, left) : Min(due, Least * (0.75 + 0.5 * chance));
        // When it may not be used any more, that must be noticed.
        var end = left + certificate.UseStale + Trust.ClockSkew + TimeSpan.FromSeconds(1);
        if (end > TimeSpan.Zero) due = Min(due, end);
        return due > TimeSpan.Zero ? due : TimeSpan.Zero;
    }

    static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
