namespace SmartClients.Simulation.Describing;

/// <summary>How requests follow each other.</summary>
public enum ArrivalLaw
{
    /// <summary>At random, as from many independent users.</summary>
    Poisson,

    /// <summary>At even intervals.</summary>
    Regular,
}
