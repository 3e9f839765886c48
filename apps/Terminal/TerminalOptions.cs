using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Terminals.Loads;
using SmartClients.Terminals.Running;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals;

/// <summary>A director's options as terminals need them.</summary>
public static class TerminalOptions
{
    /// <summary>The policy where nobody names one.</summary>
    public const string Policy = "least-loaded";

    /// <summary>The policy of a name as terminals need it: machines whose load nobody knows come last.</summary>
    /// <exception cref="ArgumentException">No such name; the message lists all.</exception>
    public static Policy PolicyOf(string name) => new KnownFirst(Policies.Find(name));

    /// <summary>Fits options to requests that last for hours, between which nobody asks for the load.</summary>
    public static DirectorOptions ForTerminals(this DirectorOptions options) => options with
    {
        Hedge = false,
        // Somebody who begins to work on a machine works there for long: a new one is as good as any, at once.
        SlowStart = TimeSpan.Zero,
        ReportDecay = TimeSpan.FromMinutes(10),
        ClassifyException = error => error is HostKeyException or IrrevocableException or PassingException ? Outcome.Fault(error) : null,
    };
}
