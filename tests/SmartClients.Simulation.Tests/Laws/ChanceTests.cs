using SmartClients.Simulation.Laws;

namespace SmartClients.Simulation.Tests.Laws;

public class ChanceTests
{
    [Fact]
    public void A_stream_is_the_same_on_every_machine_and_for_ever()
    {
        var chance = new Chance(1, 2);
        Assert.Equal([.. Golden], Enumerable.Range(0, 3).Select(_ => chance.Bits()));
    }

    static ulong[] Golden => [4429362293073394187, 14103332675606106865, 1060029206614185395];

    [Fact]
    public void Streams_of_one_seed_have_nothing_in_common()
    {
        var (one, other) = (new Chance(1, 1), new Chance(1, 2));
        Assert.DoesNotContain(Enumerable.Range(0, 1000), _ => one.Bits() == other.Bits());
    }

    [Fact]
    public void Numbers_below_a_bound_are_evenly_spread()
    {
        var chance = new Chance(3, 1);
        var counts = new int[7];
        for (var i = 0; i < 700_000; i++) counts[chance.Next(7)]++;
        Assert.All(counts, n => Assert.InRange(n, 98_500, 101_500));
    }
}
