using System.Runtime.InteropServices;

namespace SmartClients.Cli.Shell;

/// <summary>Ctrl-C and SIGTERM as a cancellation: the first asks the command to end, a second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Received),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Received),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Received),
    ];

    public CancellationToken Token => source.Token;

    public bool Happened => source.IsCancellationRequested;

    void Received(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }
}
