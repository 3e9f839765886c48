using System.Text.RegularExpressions;

namespace SmartClients.Cli.Chatting;

/// <summary>What programs write for terminals alone: colours, titles, links, movements of the cursor (ECMA-48).</summary>
internal static partial class EscapeSequences
{
    /// <summary>The text without them.</summary>
    public static string Without(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "") : text;

    // Control sequences; strings, which end with a bell or a terminator of their own, or at the end of the line; and what is two or three letters.
    [GeneratedRegex(@"\e(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\a|\e\\|$)|[ -/]*[0-~])", RegexOptions.Singleline)]
    private static partial Regex Sequence();
}
