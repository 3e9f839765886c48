namespace SmartClients.Membership;

/// <summary>Whether a replica takes requests.</summary>
public enum ReplicaState
{
    /// <summary>It takes its share.</summary>
    Up,

    /// <summary>New or back: it takes a growing part of its share.</summary>
    Warming,

    /// <summary>It asked to be left alone for a while.</summary>
    Resting,

    /// <summary>It failed and is out for a while.</summary>
    Ejected,

    /// <summary>It was out, and a single request is finding out whether it is back.</summary>
    OnTrial,

    /// <summary>It said that it is leaving: it finishes what it has.</summary>
    Leaving,

    /// <summary>The group no longer names it: it finishes what it has.</summary>
    Gone,
}
