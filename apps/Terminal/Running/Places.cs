using System.Buffers;

namespace SmartClients.Terminals.Running;

/// <summary>Where an input is put into a line for a shell: as a word in single quotes, which it stays only outside of all other quotes.</summary>
internal static class Places
{
    public const string Mark = "{}";

    static readonly SearchValues<char> Quoting = SearchValues.Create("'\"\\`({");

    /// <summary>Whether each place is surely outside of quotes. Where it takes a shell to tell, it is not.</summary>
    public static bool AreBare(string line)
    {
        var quote = '\0';
        var last = line.LastIndexOf(Mark, StringComparison.Ordinal);
        for (var i = 0; i <= last; i++)
        {
            var rest = line.AsSpan(i);
            if (rest.StartsWith(Mark) && quote != '\0') return false;
            if (quote == '\'')
            {
                if (rest[0] == quote) quote = '\0';
            }
            else if (rest[0] == '\\')
            {
                i++;
                if (rest[1..].StartsWith(Mark)) return false;
            }
            else if (IsUnclear(rest, quote != '\0', i == 0 || char.IsWhiteSpace(line[i - 1]))) return false;
            else if (rest[0] == '"') quote = quote == '\0' ? '"' : '\0';
            else if (rest[0] == '\'' && quote == '\0') quote = '\'';
        }
        return true;
    }

    // Quotes have other rules after these: commands within quotes, within backticks, $'…', arithmetic, here-documents, comments.
    static bool IsUnclear(ReadOnlySpan<char> rest, bool quoted, bool beginsWord) =>
        rest[0] == '`' || rest.StartsWith("((")
        || (quoted ? rest[0] == '$' && !IsPlain(rest) : rest.StartsWith("$'") || rest.StartsWith("<<") || beginsWord && rest[0] == '#');

    // Of what may be within quotes: $name, ${name}, $(command), as long as there is nothing in it that is quoted itself.
    static bool IsPlain(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] is not ('(' or '{')) return true;
        var end = rest.IndexOf(rest[1] == '(' ? ')' : '}');
        return end > 0 && rest[2..end].IndexOfAny(Quoting) < 0;
    }
}
