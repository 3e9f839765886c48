using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Laws;

namespace SmartClients.Simulation.Servers;

/// <summary>What goes wrong at a server for requests that arrive; nothing, for most.</summary>
internal sealed class Health
{
    readonly List<(double Share, FailureWay Way, long After)> troubles = [];
    double share;
    readonly List<(double Share, double Mean)> pauses = [];

    /// <summary>In which way it fails them.</summary>
    public FailureWay Way { get; private set; }

    /// <summary>Nanoseconds until it says so.</summary>
    public long After { get; private set; }

    public bool IsGood => share == 0;

    /// <summary>The share of requests that fail.</summary>
    public double Failing => share;

    /// <summary>Reasons to wait: the share of requests that do, and nanoseconds on average.</summary>
    public IReadOnlyList<(double Share, double Mean)> Pauses => pauses;

    /// <summary>Room for one more reason to fail. Of several at a time the one counts that fails the most.</summary>
    /// <returns>What to tell <see cref="Turn"/>.</returns>
    public int AddTrouble()
    {
        troubles.Add((0, FailureWay.Error, 0));
        return troubles.Count - 1;
    }

    /// <summary>From now on a share of them fails.</summary>
    public void Turn(int which, double failing, FailureWay way, long after)
    {
        troubles[which] = (failing, way, after);
        (share, Way, After) = troubles.MaxBy(trouble => trouble.Share);
    }

    /// <summary>That reason is gone.</summary>
    public void Recover(int which) => Turn(which, 0, FailureWay.Error, 0);

    /// <summary>Whether this one fails.</summary>
    public bool Fails(Chance chance) => share > 0 && (share >= 1 || chance.NextDouble() < share);

    /// <summary>Room for one more reason to wait.</summary>
    /// <returns>What to tell <see cref="Pause"/>.</returns>
    public int AddPause()
    {
        pauses.Add((0, 0));
        return pauses.Count - 1;
    }

    /// <summary>From now on a share of them waits, for no reason of theirs.</summary>
    /// <param name="which">For which reason.</param>
    /// <param name="share">Of those that are served.</param>
    /// <param name="mean">Nanoseconds.</param>
    public void Pause(int which, double share, double mean) => pauses[which] = (share, mean);

    /// <summary>How long this one waits, in nanoseconds.</summary>
    public long Delay(Chance chance)
    {
        var delay = 0.0;
        foreach (var (share, mean) in pauses)
            if (share > 0 && chance.NextDouble() < share) delay -= Exact.Log(chance.AboveZero()) * mean;
        return (long)delay;
    }
}
