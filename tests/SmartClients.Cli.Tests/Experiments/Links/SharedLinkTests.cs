using Microsoft.Extensions.Time.Testing;
using SmartClients.Cli.Experiments.Links;
using Xunit;

namespace SmartClients.Cli.Tests.Experiments.Links;

public class SharedLinkTests
{
    static readonly CancellationToken Never = CancellationToken.None;

    readonly FakeTimeProvider time = new();

    [Fact]
    public void Bytes_leave_one_after_the_other_whosever_they_are()
    {
        var link = new SharedLink(1000, time);

        var first = link.SendAsync(100, Never);
        var second = link.SendAsync(100, Never);

        // 100 ms each, less the 20 ms that may be caught up with.
        Assert.False(first.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(80));
        Assert.True(first.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(second.IsCompleted);
    }

    [Fact]
    public void A_link_that_stood_idle_has_saved_nothing_but_its_slack()
    {
        var link = new SharedLink(1000, time);
        time.Advance(TimeSpan.FromHours(1));

        var sent = link.SendAsync(1000, Never);

        time.Advance(TimeSpan.FromMilliseconds(979));
        Assert.False(sent.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(sent.IsCompleted);
    }

    [Fact]
    public void What_a_timer_is_late_by_is_caught_up_with()
    {
        var link = new SharedLink(1000, time);
        var elapsed = TimeSpan.Zero;
        for (var i = 0; i < 100; i++)
        {
            // Each wait ends 3 ms late.
            var sent = link.SendAsync(100, Never);
            while (!sent.IsCompleted) Advance(TimeSpan.FromMilliseconds(1));
            Advance(TimeSpan.FromMilliseconds(3));
        }
        Assert.InRange(elapsed.TotalSeconds, 9.9, 10.05);

        void Advance(TimeSpan by)
        {
            time.Advance(by);
            elapsed += by;
        }
    }
}
