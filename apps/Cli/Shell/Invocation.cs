using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmartClients.Cli.Shell;

/// <summary>One run of the program: parses, runs the command, and turns every way out into an exit code and at most one line.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction help) option.Action = new HelpWithExamples(help);
        // @file is the body of a request here, not more of the command line.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed is { Errors.Count: > 0, Action: ParseErrorAction or null })
        {
            var what = parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known here" : parsed.Errors[0].Message.TrimEnd('.');
            Messages.Problem($"{what}. See: {Path(parsed.CommandResult.Command)} --help");
            return ExitCode.WrongUse;
        }
        using var interruption = new Interruption();
        try
        {
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, interruption.Token);
            return code;
        }
        catch (OperationCanceledException) when (interruption.Happened)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            Messages.Problem(error);
            return Problems.ExitCode(error);
        }
    }

    static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
