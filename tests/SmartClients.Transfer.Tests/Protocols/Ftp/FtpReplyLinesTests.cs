using System.Text;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Ftp;

public class FtpReplyLinesTests
{
    [Theory]
    [InlineData("220 ready", 220, "ready")]
    [InlineData("226", 226, "")]
    [InlineData("226 ", 226, "")]
    [InlineData("220-one\n220 two", 220, "one|two")]
    [InlineData("211-Features:\n MDTM\n 211 is not the end\n220 nor this\n2115 nor that\n211-nor a hyphen\n211 End", 211, "Features:| MDTM| 211 is not the end|220 nor this|2115 nor that|nor a hyphen|End")]
    [InlineData("230-Größe\n\n230 ok", 230, "Größe||ok")]
    public void A_reply_ends_where_rfc_959_says(string text, int code, string lines)
    {
        var reading = new FtpReplyLines();
        FtpReply? reply = null;
        foreach (var line in text.Split('\n'))
        {
            Assert.Null(reply);
            reply = reading.Add(Encoding.UTF8.GetBytes(line));
        }
        Assert.Equal((code, lines), (reply!.Code, string.Join('|', reply.Lines)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("22")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("220welcome")]
    [InlineData("620 beyond")]
    [InlineData("SSH-2.0-OpenSSH_9.2")]
    public void What_is_no_reply_is_refused(string line) =>
        Assert.Equal(FileProblem.Malformed, Assert.Throws<FileException>(() => new FtpReplyLines().Add(Encoding.UTF8.GetBytes(line))).Problem);

    [Fact]
    public void A_reply_without_end_is_refused()
    {
        var reading = new FtpReplyLines();
        reading.Add("220-first"u8);
        for (var i = 1; i < FtpReplyLines.MostLines; i++) Assert.Null(reading.Add("more"u8));
        Assert.Equal(FileProblem.Malformed, Assert.Throws<FileException>(() => reading.Add("more"u8)).Problem);
        Assert.Throws<FileException>(() => new FtpReplyLines().Add(new byte[FtpReplyLines.MostBytesInLine + 1]));
    }
}
