namespace SmartClients.Http.Documents;

/// <summary>When a document is asked for again.</summary>
internal static class DocumentPause
{
    public static TimeSpan Of(Document document, DocumentOptions options) =>
        document.Fresh is not { } fresh ? options.Interval : fresh < options.LongestInterval ? fresh : options.LongestInterval;
}
