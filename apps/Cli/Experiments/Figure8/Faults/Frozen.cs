using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8.Faults;

/// <summary>The server's connections stay, and nothing comes: nobody says that it is gone.</summary>
internal sealed class Frozen : Fault
{
    public override string Name => "freeze";

    public override string What => "the client's server is frozen (SIGSTOP)";

    public override Task StrikeAsync(ChatGroup group, int victim, Action<int> struck, CancellationToken cancel)
    {
        struck(victim);
        group[victim].Freeze();
        return Task.CompletedTask;
    }

    public override Task MendAsync(ChatGroup group, int victim, CancellationToken cancel)
    {
        group[victim].Thaw();
        return Task.CompletedTask;
    }
}
