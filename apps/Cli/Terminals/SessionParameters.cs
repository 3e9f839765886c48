using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Terminals;
using SmartClients.Terminals.Sessions;

namespace SmartClients.Cli.Terminals;

/// <summary>How a terminal behaves.</summary>
internal sealed class SessionParameters
{
    readonly Option<string[]> carry = new("--carry") { Description = "A variable that goes to the next machine though it looks like a credential. May be repeated.", HelpName = "name" };
    readonly Option<string?> transcript = new("--transcript") { Description = "Keep what the terminal shows, the last 16 MiB, in a file.", HelpName = "file" };
    readonly Option<TimeSpan?> patience = Parameters.Duration(
        "--patience", "How long a lost session looks for a machine. Default: 5m.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));

    public SessionParameters(Command command)
    {
        foreach (var option in (Option[])[carry, transcript, patience]) command.Add(option);
    }

    public SessionSettings Read(ParseResult parsed, bool verbose)
    {
        foreach (var variable in parsed.GetValue(carry) ?? [])
            if (!variable.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) throw new UsageException($"--carry '{variable}' is not the name of a variable.");
        if (parsed.GetValue(transcript) is { } file && (file.Length == 0 || Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
            throw new UsageException($"'{file}' of --transcript cannot be written: it must be a file in a folder that exists.");
        if (!RemoteTerminal.IsPossible) throw new UsageException("Standard input and output are not a terminal: use smart run.");
        return new SessionSettings
        {
            Carry = parsed.GetValue(carry) ?? [],
            Transcript = parsed.GetValue(transcript),
            Patience = parsed.GetValue(patience) ?? TimeSpan.FromMinutes(5),
            Verbose = verbose,
        };
    }
}
