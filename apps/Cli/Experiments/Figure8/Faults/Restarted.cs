using SmartClients.Cli.Experiments.Figure8.Servers;

namespace SmartClients.Cli.Experiments.Figure8.Faults;

/// <summary>As a deployment does it: each server is asked to end (SIGTERM) and started again, one after the other.</summary>
internal sealed class Restarted : Fault
{
    public override string Name => "restart";

    public override string What => "all servers are restarted, one after the other, the client's first";

    public override async Task StrikeAsync(ChatGroup group, int victim, Action<int> struck, CancellationToken cancel)
    {
        for (var i = 0; i < group.Size; i++)
        {
            var next = (victim + i) % group.Size;
            struck(next);
            group[next].AskToEnd();
            await group[next].EndAsync(cancel);
            await group[next].StartAsync(cancel);
        }
    }

    public override Task MendAsync(ChatGroup group, int victim, CancellationToken cancel) => Task.CompletedTask;
}
