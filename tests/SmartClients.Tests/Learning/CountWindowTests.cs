using CsCheck;
using SmartClients.Learning;

namespace SmartClients.Tests.Learning;

public class CountWindowTests
{
    [Fact]
    public void Agrees_with_a_list_of_everything_that_was_counted() =>
        Gen.Select(Gen.Bool, Gen.Long[0, 3 * Clock.Second]).List[0, 200].Sample(steps =>
        {
            var window = new CountWindow();
            List<(bool Second, long Bucket)> all = [];
            var now = Clock.Second;
            foreach (var (second, pause) in steps)
            {
                now += pause;
                window.Count(second, now);
                all.Add((second, now / Clock.Second));
                var bucket = now / Clock.Second;
                var inside = all.Where(c => c.Bucket > bucket - 10).ToList();
                if (window.Read(now) != (inside.Count(c => !c.Second), inside.Count(c => c.Second))) return false;
            }
            return true;
        });

    [Fact]
    public void Everything_is_over_after_the_window()
    {
        var window = new CountWindow();
        window.Count(second: true, 5 * Clock.Second);
        Assert.Equal((0L, 1L), window.Read(14 * Clock.Second));
        Assert.Equal((0L, 0L), window.Read(15 * Clock.Second));
    }

    [Fact]
    public void The_first_instant_counts_too()
    {
        var window = new CountWindow();
        window.Count(second: false, 0);
        Assert.Equal((1L, 0L), window.Read(0));
    }

    [Fact]
    public void A_full_bucket_stops_and_spills_nowhere()
    {
        var window = new CountWindow();
        for (var i = 0; i < (1 << 20) + 10; i++) window.Count(second: true, Clock.Second);
        Assert.Equal((0L, (1L << 20) - 1), window.Read(Clock.Second));
    }

    [Fact]
    public void Cleared_it_is_empty()
    {
        var window = new CountWindow();
        window.Count(second: true, Clock.Second);
        window.Clear();
        Assert.Equal((0L, 0L), window.Read(Clock.Second));
    }

    [Fact]
    public void No_count_is_lost_between_threads()
    {
        var window = new CountWindow();
        Parallel.For(0, 100_000, i => window.Count(i % 2 == 0, Clock.Second));
        Assert.Equal((50_000L, 50_000L), window.Read(Clock.Second));
    }
}
