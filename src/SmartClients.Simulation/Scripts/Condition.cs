using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Scripts;

/// <summary>How a replica is at some time of a script.</summary>
/// <param name="Cores">Cores that are left to it.</param>
/// <param name="Speed">What each of them does, in parts of a core at full speed.</param>
/// <param name="Order">How it divides itself among the requests that are there.</param>
public sealed record Condition(double Cores, double Speed, ServiceOrder Order)
{
    /// <summary>The share of requests that fail.</summary>
    public double Failing { get; init; }

    /// <summary>How they fail.</summary>
    public FailureWay How { get; init; }

    /// <summary>Milliseconds until an error is answered.</summary>
    public double FailsAfterMs { get; init; }

    /// <summary>The share of requests whose answer is held up, for no reason of theirs.</summary>
    public double Pausing { get; init; }

    /// <summary>How long those are held up, in milliseconds: exponential, this on average.</summary>
    public double PauseMs { get; init; }

    /// <summary>Whether there is nothing at its address.</summary>
    public bool IsGone => Failing >= 1 && How == FailureWay.Refuse;

    internal static Condition Of(Server server)
    {
        var (health, pausing) = (server.Health, server.Health.Pauses.Where(pause => pause.Share > 0).ToList());
        // Several reasons at a time become one, with the sum of their shares.
        var share = pausing.Sum(pause => pause.Share);
        return new Condition(server.CoresLeft, server.Speed, server.Order)
        {
            Failing = health.Failing,
            How = health.IsGood ? default : health.Way,
            FailsAfterMs = health.IsGood ? 0 : health.After / (double)VirtualTime.Millisecond,
            Pausing = Math.Min(1, share),
            PauseMs = share > 0 ? pausing.Sum(pause => pause.Share * pause.Mean) / share / VirtualTime.Millisecond : 0,
        };
    }
}
