using System.CommandLine;
using SmartClients.Cli.Directories;

namespace SmartClients.Cli.Naming;

/// <summary>The options of a command that resolves names.</summary>
internal sealed class NamingParameters
{
    readonly Option<string[]> directories = DirectoryParameter.Option();
    readonly Option<bool> noState = new("--no-state") { Description = "Begin without what earlier calls left on disk, and leave nothing." };

    public IEnumerable<Option> All => [directories, noState];

    public NamingSettings Read(ParseResult parsed) => new(parsed.GetValue(directories) is { Length: > 0 } given ? string.Join(',', given) : null, !parsed.GetValue(noState));
}
