using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SmartClients.AspNetCore;

/// <summary>Holds the host's stop back while clients are told to leave and still served. The host asks before it stops any of its
/// services, the web server among them.</summary>
internal sealed class Drain(
    ServiceState service, DrainActivity activity, IOptions<DrainOptions> options, IOptions<HostOptions> host, TimeProvider time) : IHostedLifecycleService
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var (began, period) = (time.GetTimestamp(), options.Value.PeriodWithin(host.Value.ShutdownTimeout));
        service.Leave();
        while (!cancellationToken.IsCancellationRequested && time.GetElapsedTime(began) is var passed && passed < period)
        {
            if (passed >= options.Value.Quiet && activity.QuietFor(options.Value.Quiet)) return;
            await Task.Delay(Tick, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        options.Value.Validate();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
