using Microsoft.Extensions.Hosting;

namespace SmartClients.Cli.Agent;

/// <summary>A host that listens to no signals: whoever started it ends it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
