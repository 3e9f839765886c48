namespace SmartClients.Membership;

/// <summary>A replica's state and since when. Read by anybody; written only under the gate of <c>Availability</c>.</summary>
public sealed class Standing
{
    int state;
    long since;
    long until;
    int timesOut;
    int deaths;
    string cause = "";

    /// <summary>The state now.</summary>
    public ReplicaState State => (ReplicaState)Volatile.Read(ref state);

    /// <summary>Nanoseconds of the director's clock at which it got into this state.</summary>
    public long Since => Volatile.Read(ref since);

    /// <summary>For a replica that rests or is ejected: when it may be tried again, in nanoseconds of the director's clock.</summary>
    public long Until => Volatile.Read(ref until);

    /// <summary>Why it is out: "5 failures in a row", "asked to be left alone".</summary>
    public string Cause => Volatile.Read(ref cause);

    /// <summary>How often it was ejected lately: what makes the next ejection longer. Falls again with every while of health.</summary>
    public int TimesOut => Volatile.Read(ref timesOut);

    /// <summary>Counts the times it was found dead; an attempt that began before the last of them waits for nobody.</summary>
    internal int Deaths => Volatile.Read(ref deaths);

    /// <summary>Whether new requests may go there in the ordinary way.</summary>
    internal bool TakesRequests => State is ReplicaState.Up or ReplicaState.Warming;

    internal void Become(ReplicaState next, long now, long forUntil = 0, string why = "")
    {
        Volatile.Write(ref cause, why);
        Volatile.Write(ref until, forUntil);
        Volatile.Write(ref since, now);
        Volatile.Write(ref state, (int)next);
    }

    /// <summary>The same standing, for another director. The trial of an ejected replica stays with the director that began it.</summary>
    internal Standing Copy()
    {
        var copy = new Standing { timesOut = TimesOut };
        var onTrial = State == ReplicaState.OnTrial;
        copy.Become(onTrial ? ReplicaState.Ejected : State, Since, onTrial ? Since : Until, Cause);
        return copy;
    }

    internal void CountEjection(int times) => Volatile.Write(ref timesOut, times);

    internal void CountDeath() => Volatile.Write(ref deaths, deaths + 1);
}
