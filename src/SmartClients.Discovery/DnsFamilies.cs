namespace SmartClients.Discovery;

/// <summary>Which addresses DNS is asked for.</summary>
public enum DnsFamilies
{
    /// <summary>A and AAAA. Where a name has both, those are left out that this machine has no route to.</summary>
    Both,

    /// <summary>A.</summary>
    IPv4,

    /// <summary>AAAA.</summary>
    IPv6,
}
