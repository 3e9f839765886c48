namespace SmartClients.Naming.Certificates;

/// <summary>How a certificate stands to the clock, with <see cref="Trust.ClockSkew"/> allowed for.</summary>
public enum Freshness
{
    /// <summary>It is valid.</summary>
    Fresh,

    /// <summary>It has ended, and its own rule lets it serve while no newer one can be had: look for one.</summary>
    Stale,

    /// <summary>It has ended, and serves no more.</summary>
    Ended,

    /// <summary>It was issued in the future: one of two clocks is wrong.</summary>
    Early,
}
