using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Learning;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class FiguresTests
{
    readonly FakeTimeProvider time = new();

    LoadState State(Func<LoadReport> figures) => new(Options.Create(new LoadReportOptions { Figures = figures }), time);

    [Fact]
    public void A_source_of_its_own_is_looked_at_every_interval()
    {
        var looks = 0;
        using var state = State(() => new LoadReport { CpuUtilization = ++looks, RequestsInFlight = 7 });
        Assert.Equal(new LoadReport { CpuUtilization = 1, RequestsInFlight = 7 }, state.Report);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, state.Report.CpuUtilization);
        state.ApplicationUtilization = 0.5;
        Assert.Equal(0.5, state.Report.ApplicationUtilization);
    }

    [Fact]
    public void What_the_source_leaves_out_is_filled_in()
    {
        using var state = State(() => new LoadReport { CpuUtilization = 0.1, ApplicationUtilization = 0.2 });

        Assert.Equal(new LoadReport { CpuUtilization = 0.1, ApplicationUtilization = 0.2, RequestsInFlight = 0 }, state.Report);
    }

    [Fact]
    public void When_the_source_throws_the_last_figures_stay()
    {
        var looks = 0;
        using var state = State(() => ++looks == 2 ? throw new IOException("gone") : new LoadReport { CpuUtilization = looks });

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 1), (looks, state.Report.CpuUtilization));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, state.Report.CpuUtilization);
    }

    [Fact]
    public void A_look_that_takes_longer_than_the_interval_is_not_joined_by_another()
    {
        var (looks, atOnce, most) = (0, 0, 0);
        using var state = State(() =>
        {
            most = Math.Max(most, ++atOnce);
            // Ticks come while this look goes on.
            if (++looks == 2) time.Advance(TimeSpan.FromSeconds(3));
            atOnce--;
            return new LoadReport { CpuUtilization = looks };
        });
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 1), (looks, most));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((3, 1), (looks, most));
    }
}
