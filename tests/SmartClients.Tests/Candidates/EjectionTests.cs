using CsCheck;
using SmartClients.Candidates;

namespace SmartClients.Tests.Candidates;

public class EjectionTests
{
    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(1, 0.5, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0.5, 1)]
    [InlineData(3, 0.5, 2)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 0, 0)]
    [InlineData(10, 0.1, 1)]
    public void So_many_may_be_out(int members, double share, int most) => Assert.Equal(most, Ejection.MostOut(members, share));

    [Fact]
    public void Never_all_may_be_out() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1]).Sample((n, share) => Ejection.MostOut(n, share) is var most && most >= 0 && most < n);

    [Theory]
    [InlineData(10, 9, 1, false)]
    [InlineData(10, 10, 1, true)]
    [InlineData(16, 4, 1, false)]
    [InlineData(15, 5, 1, true)]
    [InlineData(8, 12, 0.5, false)]
    [InlineData(7, 13, 0.5, true)]
    public void A_rate_is_bad_beside_the_others_with_enough_samples(int succeeded, int failed, double others, bool bad) =>
        Assert.Equal(bad, Ejection.RateIsBad(succeeded, failed, others, 0.8, 20));

    [Fact]
    public void Each_ejection_is_twice_as_long_up_to_the_longest_give_or_take_a_quarter()
    {
        for (var times = 1; times <= 100; times++)
        {
            var plain = times > 6 ? 60 * Clock.Second : Clock.Second << (times - 1);
            Assert.Equal((long)(plain * 0.75), Ejection.Length(times, Clock.Second, 60 * Clock.Second, 0));
            Assert.InRange(Ejection.Length(times, Clock.Second, 60 * Clock.Second, 0.999999), plain * 1.249, plain * 1.25);
        }
    }

    [Fact]
    public void A_spell_of_health_as_long_as_the_last_ejection_takes_one_off()
    {
        Assert.Equal(1, Ejection.NextTimes(0, 0, Clock.Second, 60 * Clock.Second));
        Assert.Equal(4, Ejection.NextTimes(3, 0, Clock.Second, 60 * Clock.Second));
        Assert.Equal(3, Ejection.NextTimes(3, 4 * Clock.Second, Clock.Second, 60 * Clock.Second));
        Assert.Equal(1, Ejection.NextTimes(3, 60 * Clock.Second, Clock.Second, 60 * Clock.Second));
    }

    [Fact]
    public void Lengths_are_sound_for_any_numbers() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Long[1, Clock.Nanoseconds(Timeout.InfiniteTimeSpan)], Gen.Double[0, 1]).Sample((times, first, chance) =>
        {
            var longest = 60 * Clock.Second;
            var length = Ejection.Length(times, first, longest, chance);
            return length >= 0 && length <= longest * 1.25 && Ejection.NextTimes(times, 0, first, longest) == times + 1;
        });
}
