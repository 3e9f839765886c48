using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Shell;

/// <summary>Everything that is not a result: lines on standard error.</summary>
internal static class Messages
{
    const int Longest = 2000;

    /// <summary>What went wrong, as one line.</summary>
    public static void Problem(string text) => Console.Error.WriteLine("smart: " + OneLine(text));

    /// <summary>What went wrong, as one line.</summary>
    public static void Problem(Exception error) => Problem(error switch
    {
        HttpRequestException { InnerException: ServiceUnavailableException inner } => inner.Message,
        UsageException or FormatException or ServiceUnavailableException or DownloadException or FileException or IOException or UnauthorizedAccessException or HttpRequestException
            => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}",
    });

    /// <summary>Something worth knowing.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    // Names and replies come from elsewhere: no line breaks, no escape sequences for the terminal.
    internal static string OneLine(string text)
    {
        var parts = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = parts.Length < 2 ? text.Trim() : parts[0] + " " + string.Join("; ", parts[1..]);
        line = string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));
        return line.Length > Longest ? line[..Longest] + "…" : line;
    }
}
