using System.Collections.Immutable;
using SmartClients.Naming.Certificates;
using SmartClients.Naming.State;

namespace SmartClients.Naming.Certified;

/// <summary>How certificates are found, checked and kept. Immutable.</summary>
public sealed record CertifiedNamesOptions
{
    /// <summary>Where certificates are looked for. All are asked together, and believed nothing.</summary>
    public ImmutableArray<CertificateFinder> Finders { get; init; } = [];

    /// <summary>Where a certificate, and with it the pinned key, is kept from one process to the next.</summary>
    /// <value>The default is <see langword="null"/>: nowhere. Each start then pins anew, and needs the network.</value>
    public StateStore? State { get; init; }

    /// <summary>Checks signatures where the platform cannot: see <see cref="SignedCertificate.Read"/>.</summary>
    public SignatureCheck? SignatureCheck { get; init; }

    /// <summary>Told of what was refused and why, in one sentence each; called from any thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The clock by which a kept certificate is judged before a director, with its own clock, begins to watch.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads the questions of many clients over time. Safe for concurrent use.</summary>
    /// <value>The default is the shared one of the platform.</value>
    public Random Random { get; init; } = SharedRandom.Instance;
}
