using System.Buffers;
using System.Text.RegularExpressions;

namespace SmartClients.Terminals.Running;

/// <summary>
/// Where an input stands in a line for a shell. It takes a shell to tell for sure: what is unclear counts as unfit. Where this is wrong
/// all the same, a word comes out otherwise than it should, and no more: the input itself is not in the line.
/// </summary>
internal sealed partial class Places
{
    public const string Mark = "{}";

    static readonly SearchValues<char> Quoting = SearchValues.Create("'\"\\`({");

    readonly string line;
    readonly Stack<int> outer = [];
    bool isUnclear;
    bool calculates;
    int begun;

    public Places(string line)
    {
        this.line = line;
        for (var i = 0; i < line.Length;) i += Step(i);
    }

    /// <summary>Whether each of them is surely outside of quotes and the like.</summary>
    public bool AreBare { get; private set; } = true;

    /// <summary>Whether one of them is calculated with, which in some shells is to run it.</summary>
    public bool AreEvaluated { get; private set; }

    /// <summary>Whether one more word at the end is surely an argument of a command, and not a command.</summary>
    public bool TakeOneMore => !isUnclear && line is [.., not ('<' or '>')] && FirstWord().Match(line, begun) is { Success: true } first && !Reserved().IsMatch(first.Value);

    // How many characters belong together.
    int Step(int i)
    {
        var rest = line.AsSpan(i);
        if (rest.StartsWith(Mark))
        {
            if (isUnclear) AreBare = false;
            if (calculates) AreEvaluated = true;
            return Mark.Length;
        }
        switch (rest[0])
        {
            case '\'':
                return Closed(rest, rest[1..].IndexOf('\''));
            case '"' or '`':
                return Quoted(rest);
            case '\\':
                return Passed(rest, rest[1..].StartsWith(Mark) ? 1 + Mark.Length : 2);
            case '#' when i == 0 || char.IsWhiteSpace(line[i - 1]) || line[i - 1] is ';' or '&' or '|' or '(' or ')':
                return rest.IndexOf('\n') is > 0 and var end ? Passed(rest, end) : Closed(rest, -1);
            case '[' when i > 0 && (char.IsAsciiLetterOrDigit(line[i - 1]) || line[i - 1] == '_'):
                return Subscript(rest);
            case '$' when rest.StartsWith("${"):
                return IsPlain(rest) ? Passed(rest, rest.IndexOf('}') + 1) : Unclear(2);
            case '<' when rest.StartsWith("<<<"):
                return 3;
        }
        if (rest.StartsWith("((") || rest.StartsWith("$[")) calculates = true;
        if (calculates || rest.StartsWith("$'") || rest.StartsWith("<<")) return Unclear(1);
        Separate(rest[0], i);
        return 1;
    }

    void Separate(char next, int i)
    {
        var redirects = i > 0 && line[i - 1] is '<' or '>' || i + 1 < line.Length && line[i + 1] == '>';
        if (next is ';' or '|' or '\n' || next == '&' && !redirects) begun = i + 1;
        else if (next == '(')
        {
            outer.Push(begun);
            begun = i + 1;
        }
        else if (next == ')') begun = outer.TryPop(out var before) ? before : i + 1;
    }

    int Quoted(ReadOnlySpan<char> rest)
    {
        var end = 1;
        for (; end < rest.Length && rest[end] != rest[0]; end++)
        {
            if (rest[end] == '\\') end++;
            else if (rest[end] == '`' || rest[0] == '"' && rest[end] == '$' && !IsPlain(rest[end..])) isUnclear = true;
        }
        return Closed(rest, end < rest.Length ? end - 1 : -1);
    }

    // An index of an array is calculated.
    int Subscript(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(']');
        var inside = end < 0 ? rest : rest[..end];
        if (inside.IndexOfAny(" \t\n") < 0 && inside.Contains(Mark, StringComparison.Ordinal)) AreEvaluated = true;
        return 1;
    }

    // After a character, up to another at the end; there need be none.
    int Closed(ReadOnlySpan<char> rest, int length)
    {
        if (length >= 0) return Passed(rest, length + 2);
        isUnclear = true;
        return Passed(rest, rest.Length);
    }

    int Passed(ReadOnlySpan<char> rest, int length)
    {
        length = Math.Min(length, rest.Length);
        if (rest[..length].Contains(Mark, StringComparison.Ordinal)) AreBare = false;
        return length;
    }

    int Unclear(int length)
    {
        isUnclear = true;
        return length;
    }

    // $name, ${name}, $(command), as long as there is nothing in it that is quoted itself.
    static bool IsPlain(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] is not ('(' or '{')) return true;
        var end = rest.IndexOf(rest[1] == '(' ? ')' : '}');
        return end > 0 && rest[2..end].IndexOfAny(Quoting) < 0;
    }

    [GeneratedRegex(@"\G\s*[\p{L}\p{N}/._~$""'\\+%@:\[-][^\s;&|()]*")]
    private static partial Regex FirstWord();

    // After these a command begins; and what is set or redirected is none.
    [GeneratedRegex(@"^\s*(?:(?:if|then|else|elif|fi|do|done|while|until|for|foreach|in|case|esac|select|end|begin|time|and|or|not|command|builtin|exec|function|coproc|switch)$|[A-Za-z_]\w*(?:\[.*)?\+?=|\d*[<>])")]
    private static partial Regex Reserved();
}
