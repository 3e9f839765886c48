using System.Globalization;
using System.Text.RegularExpressions;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>
/// The lines of LIST, for servers without MLSD: as <c>ls -l</c> writes them, or MS-DOS. Nothing specifies them: what is not understood
/// is left out, and times, which name no zone, are not read.
/// </summary>
internal static partial class PlainListing
{
    /// <summary>Reads a line; <see langword="null"/> when it is of neither a file nor a folder, or not understood.</summary>
    public static FolderEntry? Parse(string line)
    {
        var match = Unix().Match(line);
        if (!match.Success) match = Dos().Match(line);
        if (!match.Success) return null;
        var name = match.Groups["name"].Value;
        if (!EntryName.IsSafe(name)) return null;
        var folder = match.Groups["folder"].Success;
        var known = long.TryParse(match.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        return new FolderEntry(name, folder, !folder && known ? size : null);
    }

    [GeneratedRegex(@"^(?:(?<folder>d)|-)[-rwxsStT]{9}[+.@]?\s+[0-9]+\s+\S+(?:\s+\S+)?\s+(?<size>[0-9]+)\s+(?:[A-Za-z]{3}\s+[0-9]{1,2}|[0-9]{1,2}\s+[A-Za-z]{3})\s+(?:[0-9]{1,2}:[0-9]{2}|[0-9]{4}) (?<name>.+)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unix();

    [GeneratedRegex(@"^[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[0-9]{2})?\s+[0-9]{2}:[0-9]{2}(?:[AP]M)?\s+(?:(?<folder><DIR>)|(?<size>[0-9]+))\s+(?<name>.+)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Dos();
}
