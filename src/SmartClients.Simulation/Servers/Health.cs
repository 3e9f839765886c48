using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Laws;

namespace SmartClients.Simulation.Servers;

/// <summary>What goes wrong at a server for requests that arrive; nothing, for most.</summary>
internal sealed class Health
{
    double share;
    double pausing;
    double meanPause;

    /// <summary>In which way it fails them.</summary>
    public FailureWay Way { get; private set; }

    /// <summary>Nanoseconds until it says so.</summary>
    public long After { get; private set; }

    public bool IsGood => share == 0;

    /// <summary>From now on a share of them fails.</summary>
    public void Turn(double failing, FailureWay way, long after) => (share, Way, After) = (failing, way, after);

    public void Recover() => share = 0;

    /// <summary>Whether this one fails.</summary>
    public bool Fails(Chance chance) => share > 0 && (share >= 1 || chance.NextDouble() < share);

    /// <summary>From now on a share of them waits, for no reason of theirs.</summary>
    public void Pause(double waiting, double mean) => (pausing, meanPause) = (waiting, mean);

    /// <summary>How long this one waits, in nanoseconds.</summary>
    public long Delay(Chance chance) => pausing > 0 && chance.NextDouble() < pausing ? (long)(-Exact.Log(chance.AboveZero()) * meanPause) : 0;
}
