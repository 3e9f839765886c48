using SmartClients.Naming.Certificates;
using SmartClients.Naming.Certified;
using SmartClients.Tests.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certified;

public class RevalidationTests
{
    static readonly DateTimeOffset Issued = Sample.Now;

    static KeptCertificate Kept(TimeSpan life, TimeSpan? stale = null)
    {
        using var key = SigningKey.Create();
        var certificate = Sample.Certificate() with { Issued = Issued, Expires = Issued + life, UseStale = stale ?? TimeSpan.Zero };
        return new KeptCertificate(Sample.Read(key.Sign(certificate)), Issued, "test");
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(100, 10)]
    [InlineData(100_000, 60)]
    public void A_tenth_of_the_life_within_a_minute_and_an_hour(int lifeMinutes, int expectedMinutes) =>
        Assert.Equal(TimeSpan.FromMinutes(expectedMinutes), Revalidation.Freshness(Kept(TimeSpan.FromMinutes(lifeMinutes)).Envelope.Certificate));

    [Theory]
    [InlineData(0, 0, 48)]
    [InlineData(0, 1, 60)]
    [InlineData(50, 1, 10)]
    [InlineData(70, 1, 0)]
    [InlineData(-1000, 1, 60)]
    public void From_when_it_was_had_whatever_the_clock_does(int minutesSince, double chance, int expected) =>
        Assert.Equal(TimeSpan.FromMinutes(expected), Revalidation.Wait(Kept(TimeSpan.FromDays(30)), 0, Issued + TimeSpan.FromMinutes(minutesSince), chance));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(1000, 60)]
    public void Failures_are_repeated_less_and_less(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Revalidation.Wait(Kept(TimeSpan.FromDays(30)), failures, Issued, 0.5));

    [Fact]
    public void Its_end_is_never_slept_through()
    {
        var kept = Kept(TimeSpan.FromHours(20), stale: TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromMinutes(3), Revalidation.Wait(kept, 9, Issued + TimeSpan.FromHours(20) - TimeSpan.FromMinutes(3), 0.5));
        var end = Issued + TimeSpan.FromHours(21) + Trust.ClockSkew;
        Assert.Equal(TimeSpan.FromSeconds(11), Revalidation.Wait(kept, 9, end - TimeSpan.FromSeconds(10), 0.5));
    }
}
