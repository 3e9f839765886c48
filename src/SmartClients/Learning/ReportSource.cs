namespace SmartClients.Learning;

/// <summary>How a load report reached the client: the last three of the four ways in §3.1.2 of the paper (the first, observing,
/// needs no report), and a younger one.</summary>
public enum ReportSource
{
    /// <summary>The client asked for it.</summary>
    Polled,

    /// <summary>The server called back, unasked.</summary>
    Pushed,

    /// <summary>It came along with the reply to a request.</summary>
    PiggyBacked,

    /// <summary>The client asked for it because its policy wanted to know before a pick.</summary>
    Probed,
}
