using System.CommandLine;

namespace SmartClients.Cli.Shell;

/// <summary>A command with examples in its help.</summary>
internal abstract class SmartCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines, each with what it does after two spaces and a #.</summary>
    public virtual IReadOnlyList<string> Examples => [];
}
