namespace SmartClients.Naming.Certificates;

/// <summary>Checks one signature where the platform has no ECDSA of its own, as in a browser: ECDSA on P-256 with SHA-256 (RFC 7518, §3.4).</summary>
/// <param name="key">The public key.</param>
/// <param name="content">What was signed.</param>
/// <param name="signature">R and S, 32 bytes each.</param>
/// <returns>Whether the signature is the key's over this content.</returns>
public delegate bool SignatureCheck(VerifyingKey key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);
