using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8.Faults;

/// <summary>The server serves its clients and hears nothing of its peers, nor they of it.</summary>
internal sealed class Parted : Fault
{
    public override string Name => "partition";

    public override string What => "the client's server is cut off from its peers";

    public override Task StrikeAsync(ChatGroup group, int victim, Action<int> struck, CancellationToken cancel)
    {
        struck(victim);
        group.Part(victim);
        return Task.CompletedTask;
    }

    public override Task MendAsync(ChatGroup group, int victim, CancellationToken cancel)
    {
        group.Join(victim);
        return Task.CompletedTask;
    }
}
