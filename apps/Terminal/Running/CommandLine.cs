using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Running;

/// <summary>A command as the user's shell on the machine is given it.</summary>
public static class CommandLine
{
    /// <summary>The variable there that holds the input: it never stands in the line itself, where a quote in it could make it more than
    /// a word.</summary>
    public const string Variable = "SMART_INPUT";

    const string Value = $"\"${Variable}\"";

    /// <summary>One word is a line for the shell; several are a program and its arguments, which no shell changes.</summary>
    public static string Of(IReadOnlyList<string> words) => words is [var line] ? line : string.Join(' ', words.Select(ShellScripts.Quoted));

    /// <summary>The same for each of many inputs, which stands where <c>{}</c> does, or at the end, or where the command itself names
    /// <see cref="Variable"/>.</summary>
    /// <exception cref="FormatException">An input could mean something else there; the message says how to write it.</exception>
    public static string ForEach(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var isGiven = words.Any(word => word.Contains(Places.Mark, StringComparison.Ordinal) || word.Contains(Variable, StringComparison.Ordinal));
        if (words is [var line]) return Line(line, isGiven);
        if (!isGiven) words = [.. words, Places.Mark];
        if (InnerShell.Reads(words)) throw Evaluated(string.Join(' ', words));
        return string.Join(' ', words.Select(Word));
    }

    static string Line(string line, bool isGiven)
    {
        if (!isGiven)
        {
            line = line.TrimEnd();
            if (!new Places(line).TakeOneMore)
                throw new FormatException($"'{line}' has no place for the input at its end: write {{}} where it is to stand, or {Value}");
            line += " " + Places.Mark;
        }
        var places = new Places(line);
        if (places.AreEvaluated || InnerShell.Reads(line)) throw Evaluated(line);
        if (!places.AreBare)
            throw new FormatException($"'{line}' has {{}} in quotes, a comment or the like, where it is not one word whatever the input is: write it bare, as in 'echo in: {{}}', or the variable that it stands for, as in 'echo \"in: ${Variable}\"'");
        return line.Replace(Places.Mark, Value, StringComparison.Ordinal);
    }

    static string Word(string word) =>
        word.Length == 0 ? ShellScripts.Quoted(word) : string.Join(Value, word.Split(Places.Mark).Select(part => part.Length == 0 ? "" : ShellScripts.Quoted(part)));

    static FormatException Evaluated(string line) =>
        new($"'{line}' has {{}} where a shell would run what stands in the input: give it to that shell as an argument, as in sh -c 'echo \"$1\"' - {{}}, or as its variable, as in sh -c 'echo \"${Variable}\"'; and calculate with expr");
}
