using Spectre.Console;

namespace SmartClients.Cli.Output;

/// <summary>Whether somebody watches, and where to paint for them. Nothing is painted into a pipe or a file.</summary>
internal static class Terminal
{
    static readonly bool Dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";

    /// <summary>Standard output is a terminal that can move its cursor.</summary>
    public static bool OutputIsLive => !Console.IsOutputRedirected && !Dumb;

    /// <summary>Standard error is a terminal that can move its cursor.</summary>
    public static bool ErrorIsLive => !Console.IsErrorRedirected && !Dumb;

    /// <summary>Standard output, painted.</summary>
    public static IAnsiConsole Output { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });

    /// <summary>Standard error, painted.</summary>
    public static IAnsiConsole Error { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
