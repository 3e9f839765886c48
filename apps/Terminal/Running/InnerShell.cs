using System.Text.RegularExpressions;

namespace SmartClients.Terminals.Running;

/// <summary>A shell within the command, or a word of the outer one, that runs its argument as a line: an input in it would be run.</summary>
internal static partial class InnerShell
{
    const string Names = "(?:ba|da|z|k|mk|a|fi|c|tc)?sh|su|python[0-9.]*";

    /// <summary>Whether one would read an input, of a program and its arguments.</summary>
    public static bool Reads(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
            if (Name().IsMatch(words[i]) && ReadsAfter(words, i + 1)) return true;
        return false;
    }

    /// <summary>Whether one would read an input, of a line.</summary>
    public static bool Reads(string line) => InLine().IsMatch(line);

    // The line is the first word after all options, some of which have a word of their own.
    static bool ReadsAfter(IReadOnlyList<string> words, int from)
    {
        var takesLine = false;
        for (var i = from; i < words.Count; i++)
        {
            var isOption = words[i] is ['-' or '+', _, ..];
            if ((isOption || takesLine) && words[i].Contains(Places.Mark, StringComparison.Ordinal)) return true;
            if (!isOption) return false;
            if (TakesLine().IsMatch(words[i])) takesLine = true;
            else if (words[i] is ['-' or '+', .., 'o' or 'O']) i++;
        }
        return false;
    }

    [GeneratedRegex($"^(?:.*/)?(?:{Names})$")]
    private static partial Regex Name();

    [GeneratedRegex("^(?:-[A-Za-z]*[cC]|--(?:init-)?command)")]
    private static partial Regex TakesLine();

    [GeneratedRegex($$"""
        (?:^|[\s;&|(])
        (?: (?:eval|let|declare|typeset|trap) \s [^;&|\n]* \{\}
          | (?:\S*/)? (?:{{Names}}) \s (?:[-+]\S*\s+|\w+\s+(?=[-+]))* -{1,2}(?:[A-Za-z]*[cC]|command|init-command)[\s=]\s* (?:[-+]\S*\s+)* \S*\{\}
          | \[\[ (?=(?:(?!\]\]).)* \s -(?:eq|ne|lt|le|gt|ge) \s) (?:(?!\]\]).)* \{\} )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex InLine();
}
