namespace SmartClients.Outcomes;

/// <summary>How far a request got: what decides whether it may be repeated.</summary>
public enum Delivery
{
    /// <summary>It never left: no connection, name or handshake. Repeating it is always safe.</summary>
    NeverSent,

    /// <summary>The server refused it before doing anything (HTTP 429, a refused stream). Repeating it is safe.</summary>
    Rejected,

    /// <summary>It was sent, and nobody can say whether it was carried out. Only a repeatable request is sent again.</summary>
    MayHaveExecuted,

    /// <summary>It was carried out.</summary>
    Executed,
}
