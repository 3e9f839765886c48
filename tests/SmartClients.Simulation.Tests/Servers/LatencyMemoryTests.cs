using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Tests.Servers;

public class LatencyMemoryTests
{
    [Fact]
    public void Nothing_is_known_before_anything_came() => Assert.Null(new LatencyMemory().Median(3));

    [Fact]
    public void What_took_long_under_load_does_not_make_an_idle_server_look_slow()
    {
        var memory = new LatencyMemory();
        for (var i = 0; i < 20; i++) memory.Add(present: 1, 5_000_000);
        for (var i = 0; i < 200; i++) memory.Add(present: 30, 90_000_000);
        Assert.Equal(5, memory.Median(1));
        Assert.Equal(90, memory.Median(30));
    }

    [Fact]
    public void Where_few_are_known_the_nearest_help_out()
    {
        var memory = new LatencyMemory();
        for (var i = 0; i < 4; i++) memory.Add(present: 5, 10_000_000);
        for (var i = 0; i < 12; i++) memory.Add(present: 6, 20_000_000);
        Assert.Equal(20, memory.Median(5));
    }
}
