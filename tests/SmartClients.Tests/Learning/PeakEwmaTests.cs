using CsCheck;
using SmartClients.Learning;

namespace SmartClients.Tests.Learning;

public class PeakEwmaTests
{
    const double Decay = 5e9;
    const double Typical = 10e6;

    [Fact]
    public void Nothing_measured_reads_as_typical() => Assert.Equal(Typical, PeakEwma.Read(0, 123, Decay, Typical));

    [Fact]
    public void A_peak_is_believed_at_once()
    {
        var word = PeakEwma.Add(PeakEwma.Add(0, 1e6, Clock.Second, Decay), 80e6, 2 * Clock.Second, Decay);
        Assert.Equal(80e6, PeakEwma.Read(word, 2 * Clock.Second, Decay, Typical), 80e6 * 1e-6);
    }

    [Fact]
    public void A_lower_sample_pulls_down_by_the_age_of_the_last_one()
    {
        var word = PeakEwma.Add(PeakEwma.Add(0, 100e6, Clock.Second, Decay), 0, 6 * Clock.Second, Decay);
        Assert.Equal(100e6 / Math.E, PeakEwma.Read(word, 6 * Clock.Second, Decay, Typical), 100e6 * 1e-3);
    }

    [Fact]
    public void Many_samples_at_one_instant_do_not_hide_a_peak()
    {
        var word = PeakEwma.Add(0, 100e6, Clock.Second, Decay);
        for (var i = 0; i < 1000; i++) word = PeakEwma.Add(word, 1e6, Clock.Second + i, Decay);
        Assert.Equal(100e6, PeakEwma.Read(word, Clock.Second, Decay, Typical), 1e3);
    }

    [Fact]
    public void What_is_old_drifts_to_the_typical_and_never_past_it() =>
        Gen.Select(Gen.Double[1e3, 1e10], Gen.Double[1e3, 1e10], Gen.Long[0, 100 * Clock.Second]).Sample((value, typical, age) =>
        {
            var word = PeakEwma.Add(0, value, Clock.Second, Decay);
            var read = PeakEwma.Read(word, Clock.Second + age, Decay, typical);
            var later = PeakEwma.Read(word, Clock.Second + age + Clock.Second, Decay, typical);
            var slack = 0.03 * Math.Abs(value - typical) + 1e-6 * value;
            return read >= Math.Min(value, typical) - slack && read <= Math.Max(value, typical) + slack
                && Math.Abs(later - typical) <= Math.Abs(read - typical) + slack;
        });

    [Fact]
    public void The_quick_exponential_is_close_to_the_true_one()
    {
        var word = PeakEwma.Add(0, 1e9, Clock.Second, Decay);
        for (var x = 0.02; x < 1; x += 0.02)
            Assert.Equal(1e9 * Math.Exp(-x), PeakEwma.Read(word, Clock.Second + (long)(x * Decay), Decay, 0), 1e9 * Math.Exp(-x) * 0.061);
    }

    [Fact]
    public void Reading_forgets_an_idle_peak_without_a_sample()
    {
        var word = PeakEwma.Add(0, 1e9, Clock.Second, Decay);
        Assert.Equal(Typical, PeakEwma.Read(word, 601 * Clock.Second, Decay, Typical), Typical * 0.01);
    }

    [Fact]
    public void A_time_looked_up_before_the_last_sample_was_written_loses_no_peak()
    {
        const long Unit = 1 << 16;
        var peak = PeakEwma.Add(0, 100e6, Clock.Second + Unit, Decay);
        Assert.Equal(100e6, PeakEwma.Read(peak, Clock.Second, Decay, Typical), 1e3);
        Assert.Equal(100e6, PeakEwma.Read(PeakEwma.Add(peak, 1e6, Clock.Second, Decay), Clock.Second + Unit, Decay, Typical), 1e3);
        Assert.Equal(0, PeakEwma.Age(peak, Clock.Second));
    }
}
