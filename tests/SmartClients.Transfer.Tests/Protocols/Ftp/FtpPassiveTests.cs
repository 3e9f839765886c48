using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class FtpPassiveTests
{
    [Theory]
    [InlineData("Entering Extended Passive Mode (|||6446|)", 6446)]
    [InlineData("ok (!!!65535!).", 65535)]
    public void The_port_of_epsv_is_read(string text, int port) => Assert.Equal(port, FtpPassive.Extended(text));

    [Theory]
    [InlineData("Entering Extended Passive Mode")]
    [InlineData("(|||0|)")]
    [InlineData("(|||65536|)")]
    [InlineData("(|||-1|)")]
    [InlineData("(|1|10.0.0.1|80|)")]
    [InlineData("(|||80")]
    [InlineData("(111801)")]
    [InlineData("(||||)")]
    [InlineData("(")]
    public void An_answer_to_epsv_without_a_port_is_refused(string text) =>
        Assert.Equal(FileProblem.Malformed, Assert.Throws<FileException>(() => FtpPassive.Extended(text)).Problem);

    [Theory]
    [InlineData("Entering Passive Mode (10,0,0,1,25,46).", "10.0.0.1:6446")]
    [InlineData("Entering Passive Mode 127,0,0,1,0,80", "127.0.0.1:80")]
    [InlineData("2 ways: =192,168,1,2,255,255", "192.168.1.2:65535")]
    public void The_address_of_pasv_is_read(string text, string address) => Assert.Equal(address, FtpPassive.Plain(text).ToString());

    [Theory]
    [InlineData("Entering Passive Mode")]
    [InlineData("(10,0,0,1,25)")]
    [InlineData("(10,0,0,1,0,0)")]
    [InlineData("(1277,0,0,1,25,46)")]
    [InlineData("(10,0,0,1,25,256)")]
    [InlineData("(10, 0, 0, 1, 25, 46)")]
    public void An_answer_to_pasv_without_an_address_is_refused(string text) =>
        Assert.Equal(FileProblem.Malformed, Assert.Throws<FileException>(() => FtpPassive.Plain(text)).Problem);
}
