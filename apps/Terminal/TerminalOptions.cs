using SmartClients.Outcomes;
using SmartClients.Terminals.Running;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals;

/// <summary>A director's options as terminals need them.</summary>
public static class TerminalOptions
{
    /// <summary>The policy where nobody names one.</summary>
    public const string Policy = "least-loaded";

    /// <summary>Fits options to requests that last for hours, between which nobody asks for the load.</summary>
    public static DirectorOptions ForTerminals(this DirectorOptions options) => options with
    {
        Hedge = false,
        // Somebody who begins to work on a machine works there for long: a new one is as good as any, at once.
        SlowStart = TimeSpan.Zero,
        ReportDecay = TimeSpan.FromMinutes(10),
        ClassifyException = error => error is HostKeyException or IrrevocableException ? Outcome.Fault(error) : null,
    };
}
