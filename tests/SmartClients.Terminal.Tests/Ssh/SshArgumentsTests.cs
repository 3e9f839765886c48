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

    [Theory]
    [InlineData("OpenSSH_8.7p1, OpenSSL 1.1.1\n", false)]
    [InlineData("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19\n", false)]
    [InlineData("OpenSSH_10.0p2, OpenSSL 3.5\n", false)]
    [InlineData("OpenSSH_for_Windows_8.1p1, LibreSSL 3.0.2\n", true)]
    [InlineData("OpenSSH_8.4p1 Debian-5\n", true)]
    [InlineData("", false)]
    public void What_an_old_ssh_does_not_know_it_is_not_given(string version, bool isOld)
    {
        var arguments = SshArguments.Run(new Endpoint("n1", 22), new SshOptions { IsOld = SshProgram.IsOld(version) }, "/log", terminal: true, "command");

        Assert.Contains("RemoteCommand=none", arguments);
        Assert.Equal(!isOld, arguments.Contains("SessionType=default"));
        // Of the user's own there may be one, and ssh takes the first.
        Assert.DoesNotContain(arguments, argument => argument.StartsWith("IgnoreUnknown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_cannot_be_taken_for_an_option()
    {
        var arguments = SshArguments.Configuration(new Endpoint("n1", 22), new SshOptions());

        Assert.Equal(["-G", "--", "n1"], arguments);
    }
}
