using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Running;

/// <summary>A command as the user's shell on the machine is given it.</summary>
public static class CommandLine
{
    const string Place = "{}";

    /// <summary>One word is a line for the shell; several are a program and its arguments, which no shell changes.</summary>
    public static string Of(IReadOnlyList<string> words) => words is [var line] ? line : string.Join(' ', words.Select(ShellScripts.Quoted));

    /// <summary>The same for one of many inputs, which stands where <c>{}</c> does, or at the end.</summary>
    public static string Of(IReadOnlyList<string> words, string input)
    {
        if (words is [var line])
            return line.Contains(Place, StringComparison.Ordinal) ? line.Replace(Place, ShellScripts.Quoted(input), StringComparison.Ordinal) : line + " " + ShellScripts.Quoted(input);
        return Of(words.Any(word => word.Contains(Place, StringComparison.Ordinal)) ? [.. words.Select(word => word.Replace(Place, input, StringComparison.Ordinal))] : [.. words, input]);
    }
}
