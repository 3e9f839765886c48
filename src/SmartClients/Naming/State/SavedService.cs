namespace SmartClients.Naming.State;

/// <summary>What one process leaves behind of a service, for the next to begin with (§3.2 of the paper: the certificate "and any
/// additional state that the Smart Client director needs for the next access"). Each part may be missing. Immutable.</summary>
public sealed record SavedService
{
    /// <summary>The certificate; its key is the pinned one.</summary>
    public SavedCertificate? Certificate { get; init; }

    /// <summary>The members as they were last known.</summary>
    public SavedMembers? Members { get; init; }

    /// <summary>What was learnt of the members.</summary>
    public SavedLessons? Lessons { get; init; }
}
