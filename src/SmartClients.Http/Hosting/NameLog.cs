using Microsoft.Extensions.Logging;

namespace SmartClients.Http.Hosting;

/// <summary>What is told of names: certificates and members that were refused, state that was lost.</summary>
internal static partial class NameLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Text}")]
    public static partial void Warning(ILogger log, string text);
}
