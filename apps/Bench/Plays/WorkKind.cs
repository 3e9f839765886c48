namespace SmartClients.Bench.Plays;

/// <summary>What a replica does while it serves.</summary>
public enum WorkKind
{
    /// <summary>It waits: its cores are a matter of arithmetic, however few the machine has.</summary>
    Sleep,

    /// <summary>As much of each request as the machine has room for is work of its processors; the rest is waited for.</summary>
    Cpu,
}
