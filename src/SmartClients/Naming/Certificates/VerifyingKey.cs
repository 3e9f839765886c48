using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Naming.Certificates;

/// <summary>The public half of a key that signs certificates: a point on the curve P-256. Immutable, safe for concurrent use.</summary>
public sealed class VerifyingKey
{
    internal const int CoordinateBytes = 32;

    readonly byte[] x;
    readonly byte[] y;

    internal VerifyingKey(byte[] x, byte[] y)
    {
        (this.x, this.y) = (x, y);
        // The members in this order, without a space: what RFC 7638 §3 hashes.
        Thumbprint = Base64.Write(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{Base64.Write(x)}}","y":"{{Base64.Write(y)}}"}""")));
    }

    /// <summary>The first coordinate, 32 bytes, the highest first.</summary>
    public ReadOnlyMemory<byte> X => x;

    /// <summary>The second coordinate, 32 bytes, the highest first.</summary>
    public ReadOnlyMemory<byte> Y => y;

    /// <summary>Its name everywhere: the SHA-256 thumbprint of RFC 7638, 43 characters of base64url.</summary>
    public string Thumbprint { get; }

    /// <summary>Whether a signature is this key's.</summary>
    /// <exception cref="CryptographicException">The key is no point on the curve.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no ECDSA here: give a <see cref="SignatureCheck"/>.</exception>
    internal bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        if (OperatingSystem.IsBrowser())
            throw new PlatformNotSupportedException("A browser has no ECDSA for .NET: give SignedCertificate.Read a SignatureCheck.");
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
