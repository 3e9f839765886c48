using SmartClients.Naming.Certificates;

namespace SmartClients.Naming.Certified;

/// <summary>What all finders together answered: documents that may be believed, and why there are no more.</summary>
internal sealed class Asked
{
    /// <summary>What passed every check, with its origin.</summary>
    public List<(SignedCertificate Signed, string Origin)> Acceptable { get; } = [];

    /// <summary>What did not.</summary>
    public List<CertificateException> Refused { get; } = [];

    /// <summary>Finders that gave no answer, and why.</summary>
    public List<string> Silent { get; } = [];

    /// <summary>Finders that have nobody to ask, and how to name somebody.</summary>
    public List<string> Nobody { get; } = [];

    /// <summary>Why there is nothing to believe.</summary>
    public Exception Problem(ServiceName name, string where)
    {
        // A document that was refused says more than a place that is down.
        if (Refused is [var only]) return only;
        if (Refused is [var first, ..])
            return new CertificateException(first.Fault, $"No certificate of {name} can be believed: {string.Join(' ', Refused.Select(r => r.Message).Distinct())}", first);
        // One that did not answer might have known it.
        if (Silent.Count > 0) return new IOException($"No certificate of {name} could be had: {string.Join("; ", Silent.Concat(Nobody))}");
        return Nobody.Count > 0
            ? new FileNotFoundException($"No service is known as {name} ({string.Join("; ", Nobody)}).")
            : new FileNotFoundException($"No service is known as {name} ({where}): check the name, or publish its certificate with smart publish.");
    }
}
