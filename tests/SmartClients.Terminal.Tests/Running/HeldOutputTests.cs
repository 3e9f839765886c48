using SmartClients.Terminals.Running;
using Xunit;

namespace SmartClients.Terminals.Tests.Running;

public class HeldOutputTests
{
    [Fact]
    public void It_is_seen_at_the_end_and_what_was_forgotten_never()
    {
        var target = new MemoryStream();
        using var held = new HeldOutput(target, most: 10);
        held.Write("lost"u8);
        held.Forget();
        held.Write("kept"u8);
        Assert.Equal((0, false), (target.Length, held.WasSeen));

        held.Release();

        Assert.Equal("kept"u8.ToArray(), target.ToArray());
    }

    [Fact]
    public void Too_much_flows_and_was_seen()
    {
        var target = new MemoryStream();
        using var held = new HeldOutput(target, most: 10);
        held.Write("123456"u8);
        held.Write("789012"u8);

        Assert.True(held.WasSeen);
        Assert.Equal("123456789012"u8.ToArray(), target.ToArray());
    }
}
