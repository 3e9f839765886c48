using System.Buffers.Text;
using System.Text;
using SmartClients.Naming.Certificates;

namespace SmartClients.Chat.Web.Naming;

/// <summary>
/// The signatures that the browser has found to be genuine. The browser checks in its own time and the core asks at once, so whatever
/// may be read is checked before: what was not, is not genuine.
/// </summary>
internal sealed class CheckedSignatures
{
    const int Most = 1000;

    readonly HashSet<string> genuine = new(StringComparer.Ordinal);

    /// <summary>Has the browser check all that a document holds.</summary>
    public async Task AddAsync(ReadOnlyMemory<byte> document)
    {
        var found = (string)await WebCrypto.GenuineAsync(Encoding.UTF8.GetString(document.Span));
        if (genuine.Count > Most) genuine.Clear();
        foreach (var one in found.Split('\n', StringSplitOptions.RemoveEmptyEntries)) genuine.Add(one);
    }

    /// <summary>As <see cref="SignatureCheck"/>.</summary>
    public bool Check(VerifyingKey key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        genuine.Contains($"{Base64Url.EncodeToString(key.X.Span)}.{Base64Url.EncodeToString(key.Y.Span)}.{Encoding.ASCII.GetString(content)}.{Base64Url.EncodeToString(signature)}");
}
