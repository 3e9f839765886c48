using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class ServiceUnavailableExceptionTests
{
    static FailedAttempt Attempt(int i, Delivery delivery, string reason) => new(TestWorld.Address(i), delivery, reason, TimeSpan.FromMilliseconds(1.5), null);

    [Fact]
    public void Tells_the_service_the_reason_and_each_endpoint_in_order()
    {
        var error = new ServiceUnavailableException("quotes", UnavailableReason.EveryReplicaFailed, "every replica failed.",
            [Attempt(1, Delivery.NeverSent, "connection refused"), Attempt(2, Delivery.Rejected, "busy"), Attempt(3, Delivery.MayHaveExecuted, "reset")], null);
        Assert.Equal(
            """
            Service 'quotes' is unavailable: every replica failed.
              10.0.0.1:80: connection refused after 1.5 ms (never sent)
              10.0.0.2:80: busy after 1.5 ms (rejected before execution)
              10.0.0.3:80: reset after 1.5 ms (may have executed)
            """, error.Message);
        Assert.Equal(Delivery.MayHaveExecuted, error.Delivery);
    }

    [Fact]
    public void Many_attempts_are_summed_up()
    {
        var error = new ServiceUnavailableException("q", UnavailableReason.TimedOut, "late.",
            [.. Enumerable.Range(1, 20).Select(i => Attempt(i, Delivery.NeverSent, "no"))], null);
        Assert.EndsWith("and 12 more", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, error.Attempts.Length);
        Assert.Equal(Delivery.NeverSent, error.Delivery);
    }

    [Fact]
    public void Nobody_asked_is_never_sent()
    {
        Assert.Equal(Delivery.NeverSent, new ServiceUnavailableException().Delivery);
        Assert.Empty(new ServiceUnavailableException("x").Attempts);
    }
}
