namespace SmartClients.Simulation.Describing;

/// <summary>How a replica fails a request.</summary>
public enum FailureWay
{
    /// <summary>It answers, and the answer is an error.</summary>
    Error,

    /// <summary>It takes no connection, and breaks those it has.</summary>
    Refuse,

    /// <summary>Nothing comes back.</summary>
    Silence,
}
