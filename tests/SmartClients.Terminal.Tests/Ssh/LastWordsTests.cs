using System.Text;
using SmartClients.Terminals.Ssh;
using Xunit;

namespace SmartClients.Terminals.Tests.Ssh;

public class LastWordsTests
{
    const string Words = "Connection to 127.0.0.1 closed by remote host.\r\n";

    readonly StringBuilder shown = new();
    readonly LastWords last;

    public LastWordsTests() => last = new LastWords(bytes => shown.Append(Encoding.UTF8.GetString(bytes)));

    [Fact]
    public void What_ssh_says_at_its_end_is_not_shown()
    {
        last.Receive("some output\r\n"u8);
        last.Receive(Encoding.UTF8.GetBytes("more" + Words));

        Assert.Equal("some output\r\nmore", shown.ToString());
    }

    [Fact]
    public void The_same_from_somebody_else_is_shown_when_more_comes_or_the_shell_is_over()
    {
        last.Receive(Encoding.UTF8.GetBytes(Words));
        last.Receive("$ "u8);
        Assert.Equal(Words + "$ ", shown.ToString());
        last.Receive(Encoding.UTF8.GetBytes(Words));
        last.Release();

        Assert.Equal(Words + "$ " + Words, shown.ToString());
    }
}
