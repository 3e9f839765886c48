using SmartClients.Naming;
using SmartClients.Terminals.Ssh;
using Xunit;

namespace SmartClients.Terminals.Tests.Ssh;

public class SshLogTests
{
    static readonly Endpoint Machine = new("n1", 22);

    [Fact]
    public void A_changed_key_is_told_with_its_place()
    {
        var error = Assert.Throws<HostKeyException>(() => SshLog.Verify(Machine,
            "@@@@\r\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\n@@@@\r\nOffending ED25519 key in /home/a/.ssh/known_hosts:3\r\nHost key verification failed.\r\n"));

        Assert.Contains("n1:22 HAS CHANGED (Offending ED25519 key in /home/a/.ssh/known_hosts:3)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_key_that_nobody_confirmed_stops_as_well() =>
        Assert.Contains("could not be verified", Assert.Throws<HostKeyException>(() => SshLog.Verify(Machine, "Host key verification failed.\r\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_trouble_is_a_failure_like_any() => SshLog.Verify(Machine, "ssh: connect to host n1 port 22: Connection refused\r\n");

    [Theory]
    [InlineData("", "otherwise")]
    [InlineData("ssh: connect to host n1 port 22: Connection refused\r\n", "ssh: connect to host n1 port 22: Connection refused")]
    [InlineData("first\nlast.\nWarning: Permanently added 'n1' to the list of known hosts.\n", "last")]
    public void The_reason_is_the_last_line_that_gives_one(string text, string expected) => Assert.Equal(expected, SshLog.Reason(text, "otherwise"));
}
