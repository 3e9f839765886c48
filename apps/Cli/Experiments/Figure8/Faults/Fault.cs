using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8.Faults;

/// <summary>What happens to the server of the client.</summary>
internal abstract class Fault
{
    /// <summary>THE TABLE, in the order of the figure.</summary>
    public static IReadOnlyList<Fault> All { get; } = [new Killed(), new Frozen(), new Parted(), new Restarted()];

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public abstract string What { get; }

    /// <summary>Strikes. What takes its time goes on in the task, which is over when nothing more happens by itself.</summary>
    /// <param name="group">The servers.</param>
    /// <param name="victim">The one that serves the client.</param>
    /// <param name="struck">Told of each server at the moment in which it is struck.</param>
    /// <param name="cancel">The experiment is given up.</param>
    public abstract Task StrikeAsync(ChatGroup group, int victim, Action<int> struck, CancellationToken cancel);

    /// <summary>Makes all well again.</summary>
    public abstract Task MendAsync(ChatGroup group, int victim, CancellationToken cancel);
}
