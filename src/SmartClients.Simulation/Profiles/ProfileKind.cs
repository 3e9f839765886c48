namespace SmartClients.Simulation.Profiles;

/// <summary>The kinds of profile that a document may name.</summary>
internal enum ProfileKind
{
    Slow,
    Fail,
    WarmUp,
    Antagonists,
    Deploy,
    Partition,
    Surge,
    Hiccups,
}
