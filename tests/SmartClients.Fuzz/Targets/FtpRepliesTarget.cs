using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Ftp;

namespace SmartClients.Fuzz.Targets;

/// <summary>Replies of an FTP server, of one line and of several.</summary>
internal sealed class FtpRepliesTarget : FuzzTarget
{
    public override string Name => "ftp-replies";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("220 (vsFTPd 3.0.3)\n331 Please specify the password.\n230 Login successful.\n"),
        Utf8("220-welcome\n 220 not yet\n220-nor now\n221 nor this\n220 now\n"),
        Utf8("226\n"), Utf8("211-Features:\n MDTM\n REST STREAM\n211 End\n"),
    ];

    public override IReadOnlyList<string> Words { get; } = ["220 ", "220-", "226", "\n", "550 ", "99", "600 "];

    public override string Feed(byte[] input)
    {
        var (lines, replies, last) = (new FtpReplyLines(), 0, "");
        foreach (var range in input.AsSpan().TrimEnd((byte)'\n').Split((byte)'\n'))
        {
            if (lines.Add(input.AsSpan()[range]) is not { } reply) continue;
            Must(reply.Code is >= 100 and <= 599, "a code has three digits");
            Must(reply.Lines.Count is > 0 and <= FtpReplyLines.MostLines, "a reply has a line, and not endlessly many");
            Must(!reply.ToString().Any(char.IsControl), "what is shown holds no control character");
            Must(FtpFailure.Of(reply).Message.Length <= 210, "what is shown is short");
            (lines, replies, last) = (new FtpReplyLines(), replies + 1, $"{reply.Code / 100} {Math.Min(reply.Lines.Count, 4)}");
        }
        return $"read {Math.Min(replies, 4)} {last}";
    }

    public override bool Documents(Exception error) => error is FileException { Problem: FileProblem.Malformed };
}
