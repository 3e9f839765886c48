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
        if (text.AsSpan().ContainsAnyExcept(Letters) || text.Length % 4 == 1) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        // The last letter may carry bits that mean nothing.
        return text.Length % 4 == 0 || Base64Url.EncodeToString(bytes.AsSpan(bytes.Length - bytes.Length % 3)).AsSpan().SequenceEqual(text.AsSpan(text.Length - text.Length % 4))
            ? bytes : null;
    }
}
