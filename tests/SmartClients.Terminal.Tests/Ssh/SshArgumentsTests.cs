using SmartClients.Naming;
using SmartClients.Terminals.Ssh;
using Xunit;

namespace SmartClients.Terminals.Tests.Ssh;

public class SshArgumentsTests
{
    [Fact]
    public void The_users_configuration_says_what_is_left_out()
    {
        var arguments = SshArguments.Run(new Endpoint("n1", 22), new SshOptions(), "/log", terminal: true, "command");

        foreach (var left in (string[])["-p", "-l", "-i", "-F", "-J", "BatchMode=yes"]) Assert.DoesNotContain(left, arguments);
        Assert.Equal(["--", "n1", "command"], arguments.TakeLast(3));
        Assert.Contains("ServerAliveInterval=2", arguments);
        Assert.Equal("/log", arguments[arguments.ToList().IndexOf("-E") + 1]);
    }

    [Fact]
    public void What_is_given_is_passed_on()
    {
        var options = new SshOptions { User = "u", Identity = "k", Configuration = "c", Jump = "j", More = ["X=y"], Quiet = true, Alive = TimeSpan.FromSeconds(7) };
        var arguments = string.Join(' ', SshArguments.Run(new Endpoint("n1", 2222) { Authority = "now" }, options, "/log", terminal: false, "command"));

        foreach (var part in (string[])["-T", "-o X=y", "-F c", "-J j", "-i k", "-l u", "-p 2222", "-o HostKeyAlias=now", "BatchMode=yes", "ServerAliveInterval=7"])
            Assert.Contains(part, arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_cannot_be_taken_for_an_option()
    {
        var arguments = SshArguments.Configuration(new Endpoint("n1", 22), new SshOptions());

        Assert.Equal(["-G", "--", "n1"], arguments);
    }
}
