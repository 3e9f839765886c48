using Microsoft.Extensions.Time.Testing;
using SmartClients.Terminals.Sessions;
using Xunit;

namespace SmartClients.Terminals.Tests.Sessions;

public class ComebackTests
{
    readonly FakeTimeProvider time = new();

    Comeback Of(int patience) => new(TimeSpan.FromSeconds(patience), time);

    void Lives(Comeback comeback, double seconds)
    {
        comeback.Begun();
        time.Advance(TimeSpan.FromSeconds(seconds));
        comeback.Lost();
    }

    [Fact]
    public void A_session_that_lived_comes_back_at_once_however_often()
    {
        var comeback = Of(patience: 60);
        for (var i = 0; i < 20; i++)
        {
            Lives(comeback, 11);
            Assert.Equal((TimeSpan.Zero, false, false), (comeback.Wait, comeback.IsDropped, comeback.IsOver));
        }
    }

    [Fact]
    public void Of_those_that_are_lost_soon_the_first_comes_back_at_once_and_each_later_one_waits_twice_as_long_up_to_ten_seconds()
    {
        var comeback = Of(patience: 3600);
        List<double> waits = [];
        for (var i = 0; i < 9; i++)
        {
            Lives(comeback, 1);
            waits.Add(comeback.Wait.TotalSeconds);
        }

        Assert.Equal([0, 0.25, 0.5, 1, 2, 4, 8, 10, 10], waits);
        Assert.True(comeback.IsDropped);
        Lives(comeback, 11);
        Assert.Equal((TimeSpan.Zero, false), (comeback.Wait, comeback.IsDropped));
    }

    [Fact]
    public void All_that_are_lost_soon_are_one_trial_of_patience_and_no_wait_is_longer_than_what_is_left_of_it()
    {
        var comeback = Of(patience: 3);
        Lives(comeback, 9);
        Lives(comeback, 1);
        Lives(comeback, 1);
        Assert.False(comeback.IsOver);
        Assert.Equal(TimeSpan.FromSeconds(0.5), comeback.Wait);
        Lives(comeback, 0.7);
        Assert.Equal(TimeSpan.FromSeconds(0.3), comeback.Wait);

        Lives(comeback, 0.3);

        Assert.True(comeback.IsOver);
        Assert.Equal(TimeSpan.Zero, comeback.Wait);
    }
}
