using SmartClients.Terminals.Loads;
using Xunit;

namespace SmartClients.Terminals.Tests.Loads;

public class AgentLoadsTests
{
    [Theory]
    [InlineData("9100", "http://n1:9100/.well-known/load")]
    [InlineData("9100/load.json", "http://n1:9100/load.json")]
    [InlineData("gate:9200", "http://gate:9200/.well-known/load")]
    [InlineData("[::1]:9200/x", "http://[::1]:9200/x")]
    [InlineData("0", null)]
    [InlineData("70000", null)]
    [InlineData("", null)]
    [InlineData("/x", null)]
    [InlineData("a b:1", null)]
    public void An_agent_is_a_port_or_more(string text, string? expected) => Assert.Equal(expected, AgentLoads.Address("n1", text)?.ToString());
}
