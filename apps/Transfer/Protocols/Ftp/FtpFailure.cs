namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>What a refusal means.</summary>
internal static class FtpFailure
{
    /// <summary>The server said no; the message has its own words.</summary>
    public static FileException Of(FtpReply reply) => new(Problem(reply), reply.ToString());

    static FileProblem Problem(FtpReply reply) => reply.Code switch
    {
        421 or 450 or 452 => FileProblem.Busy,
        // Some servers that are full say it as if the user were refused.
        530 when reply.Lines.Any(SaysFull) => FileProblem.Busy,
        430 or 530 or 532 or 534 or 535 => FileProblem.Denied,
        550 or 551 or 553 => FileProblem.Missing,
        554 => FileProblem.BeyondEnd,
        >= 500 and < 510 or 522 or 536 => FileProblem.Unsupported,
        < 400 => FileProblem.Malformed,
        _ => FileProblem.Broken,
    };

    static bool SaysFull(string line) => line.Contains("too many", StringComparison.OrdinalIgnoreCase) || line.Contains("maximum", StringComparison.OrdinalIgnoreCase);
}
