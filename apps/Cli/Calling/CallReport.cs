namespace SmartClients.Cli.Calling;

/// <summary>One reply, as a document. The body is text where it is UTF-8, else base64.</summary>
internal sealed record CallReport(
    int Status, string? AnsweredBy, int Attempts, double ElapsedMs, long Bytes, IReadOnlyDictionary<string, string> Headers, string? Body,
    string? BodyBase64);
