using System.Buffers;
using System.Buffers.Text;

namespace SmartClients.Naming.Certificates;

/// <summary>Base64url without padding, as RFC 7515 has it, and in one spelling only: what encodes to something else is refused, so that
/// no two texts mean the same bytes.</summary>
internal static class Base64
{
    static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Write(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <returns><see langword="null"/> when it is not base64url.</returns>
    public static byte[]? TryRead(string text)
    {
        // The decoder takes padding and blanks too; bits that mean nothing in the last letter it refuses itself.
        if (text.AsSpan().ContainsAnyExcept(Letters)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done ? bytes[..written] : null;
    }
}
