namespace SmartClients.Simulation.Describing;

/// <summary>What a thing that slows a replica down takes away.</summary>
public enum Taking
{
    /// <summary>Every core is slower: each request takes longer, also one that is alone.</summary>
    Speed,

    /// <summary>There are fewer cores: requests take longer only when there are more of them than cores.</summary>
    Cores,
}
