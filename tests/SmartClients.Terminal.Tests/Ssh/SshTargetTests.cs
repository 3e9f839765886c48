using SmartClients.Naming;
using SmartClients.Terminals.Ssh;
using Xunit;

namespace SmartClients.Terminals.Tests.Ssh;

public class SshTargetTests
{
    static readonly Endpoint Machine = new("n1", 22);

    [Theory]
    [InlineData("", "n1", 22, true)]
    [InlineData("hostname 10.0.0.1\nport 2200\n", "10.0.0.1", 2200, true)]
    [InlineData("hostname 10.0.0.1\nproxyjump gate\n", "10.0.0.1", 22, false)]
    [InlineData("proxycommand nc %h %p\n", "n1", 22, false)]
    [InlineData("proxycommand none\nport many\n", "n1", 22, true)]
    public void It_is_where_the_configuration_leads(string told, string host, int port, bool direct) =>
        Assert.Equal(new SshTarget(host, port, direct), SshTarget.Read(Machine, told));
}
