using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmartClients.Cli.Shell;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    static readonly string[] General =
    [
        "smart call list:127.0.0.1:8001,127.0.0.1:8002/index.html",
        "smart resolve file:members.json --probe",
        "smart demo --seconds 20",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in parseResult.CommandResult.Command is SmartCommand command ? command.Examples : General)
            output.WriteLine("  " + example);
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done; 1 the work failed; 2 wrong use, bad input, or a name that nobody knows; 130 interrupted.");
        return code;
    }
}
