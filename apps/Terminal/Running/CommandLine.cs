using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Running;

/// <summary>A command as the user's shell on the machine is given it.</summary>
public static class CommandLine
{
    /// <summary>One word is a line for the shell; several are a program and its arguments, which no shell changes.</summary>
    public static string Of(IReadOnlyList<string> words) => words is [var line] ? line : string.Join(' ', words.Select(ShellScripts.Quoted));

    /// <summary>Refuses a line in which an input could become more than a word.</summary>
    /// <exception cref="FormatException">It is one; the message says how to write it.</exception>
    public static void Check(IReadOnlyList<string> words)
    {
        if (words is [var line] && !Places.AreBare(line))
            throw new FormatException($"'{line}' has {{}} where quotes or the like could make an input part of the line: write {{}} bare, which is one word whatever the input is, as in 'echo in: {{}}'; or several words, as in: echo {{}}");
    }

    /// <summary>The same for one of many inputs, which stands where <c>{}</c> does, or at the end.</summary>
    /// <exception cref="FormatException">See <see cref="Check"/>.</exception>
    public static string Of(IReadOnlyList<string> words, string input)
    {
        Check(words);
        if (words is [var line])
            return line.Contains(Places.Mark, StringComparison.Ordinal) ? line.Replace(Places.Mark, ShellScripts.Quoted(input), StringComparison.Ordinal) : line + " " + ShellScripts.Quoted(input);
        return Of(words.Any(word => word.Contains(Places.Mark, StringComparison.Ordinal)) ? [.. words.Select(word => word.Replace(Places.Mark, input, StringComparison.Ordinal))] : [.. words, input]);
    }
}
