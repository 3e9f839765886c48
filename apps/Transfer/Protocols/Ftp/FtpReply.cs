using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>What a server answered to a command (RFC 959 §4.2): a code and one line or several.</summary>
/// <param name="Code">100 to 599.</param>
/// <param name="Lines">The text of each line, the first and the last without the code.</param>
internal sealed record FtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>There is more to come: the action has begun.</summary>
    public bool IsPreliminary => Code / 100 == 1;

    /// <summary>It is done.</summary>
    public bool IsDone => Code / 100 == 2;

    /// <summary>So far it is well; the next command is expected.</summary>
    public bool IsIntermediate => Code / 100 == 3;

    /// <summary>The server does not know the command, or not with this parameter.</summary>
    public bool IsUnknown => Code is 500 or 501 or 502 or 504;

    /// <summary>The first line for people, with the code.</summary>
    public override string ToString() => Failures.OneLine($"{Code} {Lines[^1]}");
}
