using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8.Faults;

/// <summary>As the paper's: the server is gone.</summary>
internal sealed class Killed : Fault
{
    public override string Name => "kill";

    public override string What => "the client's server is killed (SIGKILL)";

    public override Task StrikeAsync(ChatGroup group, int victim, Action<int> struck, CancellationToken cancel)
    {
        struck(victim);
        group[victim].Kill();
        return Task.CompletedTask;
    }

    public override async Task MendAsync(ChatGroup group, int victim, CancellationToken cancel)
    {
        await group[victim].EndAsync(cancel);
        await group[victim].StartAsync(cancel);
    }
}
