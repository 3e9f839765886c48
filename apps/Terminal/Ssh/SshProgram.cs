using System.Text.RegularExpressions;

namespace SmartClients.Terminals.Ssh;

/// <summary>The system's ssh.</summary>
internal static partial class SshProgram
{
    static readonly Version Current = new(8, 7);

    /// <summary>Starts it once, before the terminal is touched: should it be missing, that is told on a terminal as it was; and the
    /// runtime, which looks at the terminal when it starts its first process, sees it so and leaves it so.</summary>
    /// <returns>The options as this ssh takes them.</returns>
    /// <exception cref="IOException">There is none.</exception>
    public static async Task<SshOptions> FitAsync(SshOptions options, CancellationToken cancel) =>
        options with { IsOld = IsOld(await ShortCommand.RunAsync("ssh", ["-V"], cancel, errors: true) ?? "") };

    /// <summary>Whether it is an OpenSSH before 8.7. An option that it does not know would end it, and to have it ignore some would take
    /// the place of those that the user has it ignore.</summary>
    public static bool IsOld(string told) => Number().Match(told) is { Success: true } match && Version.Parse(match.Groups[1].Value) < Current;

    [GeneratedRegex(@"^OpenSSH_(?:for_Windows_)?([0-9]{1,4}\.[0-9]{1,4})", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
