using SmartClients.Cli.Experiments.Figure6;
using SmartClients.Cli.Experiments.Figure8;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Experiments;

/// <summary><c>smart experiment</c>: the paper's experiments, with real servers on this machine.</summary>
internal sealed class ExperimentCommand : SmartCommand
{
    public ExperimentCommand(TimeProvider time) : base("experiment", "Repeats an experiment of the paper, with real servers on this machine, and plots it beside the paper's figures.")
    {
        Add(new Figure6Command(time));
        Add(new Figure8Command(time));
    }

    public override IReadOnlyList<string> Examples => ["smart experiment figure6 --out figure6", "smart experiment figure8 --out figure8"];
}
