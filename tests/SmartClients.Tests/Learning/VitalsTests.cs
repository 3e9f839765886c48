using CsCheck;
using SmartClients.Learning;

namespace SmartClients.Tests.Learning;

public class VitalsTests
{
    [Fact]
    public void Failures_in_a_row_end_with_a_success()
    {
        var vitals = new Vitals();
        Assert.Equal(1, vitals.Failed(1, pushedBack: false));
        Assert.Equal(2, vitals.Failed(2, pushedBack: false));
        vitals.Succeeded(3);
        Assert.Equal(0, vitals.FailuresInARow);
        Assert.Equal((3L, 2L), (vitals.Requests, vitals.Failures));
    }

    [Fact]
    public void A_push_back_counts_in_the_window_and_not_in_the_row()
    {
        var vitals = new Vitals();
        Assert.Equal(0, vitals.Failed(1, pushedBack: true));
        Assert.Equal((0L, 1L), vitals.Recent(1));
    }

    [Fact]
    public void An_overtaken_attempt_counts_in_the_row_after_a_silence_and_never_in_the_window()
    {
        var vitals = new Vitals();
        vitals.Succeeded(1_000);
        Assert.Equal(0, vitals.Overtaken(now: 1_099, silence: 100));
        Assert.Equal(1, vitals.Overtaken(now: 1_100, silence: 100));
        Assert.Equal((1L, 0L), vitals.Recent(1_100));
        Assert.Equal(0, vitals.Failures);
    }

    [Fact]
    public void Forgiven_it_is_as_new_but_for_what_is_in_flight()
    {
        var vitals = new Vitals();
        vitals.Begin();
        vitals.Failed(1, pushedBack: false);
        vitals.Took(5e6, 1, 5e9);
        vitals.Forgive();
        Assert.Equal((0, (0L, 0L), false, 1), (vitals.FailuresInARow, vitals.Recent(1), vitals.HasLatency, vitals.InFlight));
        Assert.Equal(double.PositiveInfinity, vitals.LatencyAge(1));
    }

    [Fact]
    public void Never_more_ends_than_begins_leaves_in_flight_at_their_difference() =>
        Gen.Bool.List[0, 100].Sample(begins =>
        {
            var vitals = new Vitals();
            var model = 0;
            foreach (var begin in begins)
            {
                if (begin || model == 0)
                {
                    vitals.Begin();
                    model++;
                }
                else
                {
                    vitals.End();
                    model--;
                }
                if (vitals.InFlight != model) return false;
            }
            return true;
        });

    [Fact]
    public void A_peak_written_among_many_threads_is_not_lost()
    {
        var vitals = new Vitals();
        Parallel.For(0, 10_000, i => vitals.Took(i == 5_000 ? 1e9 : 1e6, Clock.Second, 5e9));
        Assert.Equal(1e9, vitals.Latency(Clock.Second, 5e9, 1e6), 1e9 * 1e-6);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0.36788)]
    [InlineData(11, 0)]
    public void Evidence_counts_less_the_older_it_is(int seconds, double weight)
    {
        var evidence = new Evidence(new LoadReport(), ReportSource.Polled, Clock.Second);
        Assert.Equal(weight, evidence.Weight((1 + seconds) * Clock.Second, 2e9), 1e-4);
    }
}
