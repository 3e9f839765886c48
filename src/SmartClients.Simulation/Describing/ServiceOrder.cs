namespace SmartClients.Simulation.Describing;

/// <summary>How a replica divides itself among the requests that are there.</summary>
public enum ServiceOrder
{
    /// <summary>All share the cores, none gets more than one.</summary>
    Sharing,

    /// <summary>First come, first served: one core each, the rest wait.</summary>
    Fifo,
}
