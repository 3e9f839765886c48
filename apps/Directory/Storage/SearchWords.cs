using System.Text;

namespace SmartClients.Directories.Storage;

/// <summary>
/// What somebody typed, as expressions of the full-text index. Only letters and digits of it get there, each word in quotes: nothing
/// that is typed is syntax.
/// </summary>
internal sealed class SearchWords
{
    const int MostWords = 12;
    const int MostLength = 64;

    readonly string[] words;

    public SearchWords(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune)) plain.Append(rune);
            else plain.Append(' ');
        words = [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length <= MostLength).Distinct().Take(MostWords).Select(Quoted)];
    }

    /// <summary>There is nothing to look for.</summary>
    public bool IsEmpty => words.Length == 0;

    /// <summary>The expressions in the order of their worth: all words in the name and title, in the keywords, anywhere; then any word at all.</summary>
    public IEnumerable<string> Expressions()
    {
        var all = string.Join(" AND ", words);
        yield return $"{{name title}} : ({all})";
        yield return $"keywords : ({all})";
        yield return all;
        if (words.Length > 1) yield return string.Join(" OR ", words);
    }

    // A word matches what begins with it; of one letter alone, that would be nearly everything.
    static string Quoted(string word) => word.EnumerateRunes().Count() > 1 ? $"\"{word}\" *" : $"\"{word}\"";

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
