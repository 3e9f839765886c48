using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Http.Etcd;

namespace SmartClients.AspNetCore;

/// <summary>Keeps this server registered from when it listens until it is leaving. The host asks before it stops any of its services,
/// the web server among them; by then, or by when <see cref="Drain"/> begins, the server is taken out.</summary>
internal sealed partial class Registrar(
    string name, RegistrationOptions options, IServer server, ServiceState service, TimeProvider time, ILogger<Registrar> log) : IHostedLifecycleService
{
    Task running = Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var registration = new EtcdRegistration(name, AdvertisedAddress.Find(options, listening), options.Lease, time, options.Etcd);
        registration.Changed += Log;
        // Whatever says first that the server is leaving: the host, a drain, or the program itself.
        running = Task.Run(() => registration.RunAsync(service.LeavingToken), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        service.Leave();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void Log(EtcdRegistration registration)
    {
        if (registration.Trouble is { } trouble) Troubled(registration.Server.Address, name, trouble.Message);
        else if (registration.IsRegistered) Registered(registration.Server.Address, name);
        else Removed(registration.Server.Address, name);
    }

    [LoggerMessage(1, LogLevel.Information, "Registered {Address} under {Name}.")]
    partial void Registered(string address, string name);

    [LoggerMessage(2, LogLevel.Information, "Removed {Address} from {Name}.")]
    partial void Removed(string address, string name);

    [LoggerMessage(3, LogLevel.Warning, "Cannot register {Address} under {Name}, or keep it there; it is tried again: {Trouble}")]
    partial void Troubled(string address, string name, string trouble);
}
