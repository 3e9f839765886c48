using System.Text;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;

namespace SmartClients.Fuzz.Targets;

/// <summary>Where an FTP server waits for the data connection, and times.</summary>
internal sealed class FtpAnswersTarget : FuzzTarget
{
    public override string Name => "ftp-answers";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("Entering Extended Passive Mode (|||6446|)"), Utf8("Entering Passive Mode (10,0,0,1,25,46)."), Utf8("127,0,0,1,25,46"),
        Utf8("20261124071500"), Utf8("20261124071500.25"),
    ];

    public override IReadOnlyList<string> Words { get; } = ["(|||", "|)", "(!!!", "1,2,3,4,5,6", "65535", "65536", "255", "256", ".999999999"];

    public override string Feed(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return $"read {Extended(text)} {Plain(text)} {FtpTime.Parse(text) is not null}";
    }

    static string Extended(string text)
    {
        try
        {
            Must(FtpPassive.Extended(text) is > 0 and < 65536, "a port is one");
            return "port";
        }
        catch (FileException)
        {
            return "none";
        }
    }

    static string Plain(string text)
    {
        try
        {
            Must(FtpPassive.Plain(text).Port is > 0 and < 65536, "a port is one");
            return "address";
        }
        catch (FileException)
        {
            return "none";
        }
    }

    public override bool Documents(Exception error) => false;
}
