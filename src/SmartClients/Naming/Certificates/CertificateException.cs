namespace SmartClients.Naming.Certificates;

/// <summary>A certificate that is not accepted. The message names it, what is wrong, and what to do.</summary>
#pragma warning disable CA1032 // Always with a fault and a message.
public sealed class CertificateException : FormatException
{
    /// <summary>A refusal.</summary>
    public CertificateException(CertificateFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    /// <summary>Why.</summary>
    public CertificateFault Fault { get; }
}
#pragma warning restore CA1032
