namespace SmartClients.Naming.Certificates;

/// <summary>Why a certificate is not accepted.</summary>
public enum CertificateFault
{
    /// <summary>It cannot be read: not JSON, a field missing or wrong, too large, an unknown version.</summary>
    Malformed,

    /// <summary>The signature does not fit the content: tampered with, or damaged.</summary>
    BadSignature,

    /// <summary>Signed by a key that is neither the pinned one nor one that the pinned one named next.</summary>
    WrongKey,

    /// <summary>Its serial is below one that was seen before, or it differs from the one seen with the same serial.</summary>
    RolledBack,

    /// <summary>It has ended, and its rule does not allow what is stale, or no longer.</summary>
    Expired,

    /// <summary>It was issued in the future, beyond what two clocks may differ.</summary>
    NotYetValid,

    /// <summary>It is of another service than was asked for.</summary>
    WrongName,

    /// <summary>Two directories give certificates of different keys, and nothing tells which is the right one.</summary>
    Contradicted,
}
