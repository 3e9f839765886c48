using System.Runtime.InteropServices.JavaScript;

namespace SmartClients.Chat.Web.Naming;

/// <summary>The browser's cryptography.</summary>
internal static partial class WebCrypto
{
    /// <summary>Which envelopes of a certificate bear their own key's signature, each as <see cref="CheckedSignatures"/> writes it.</summary>
    /// <param name="document">The certificate, as it came.</param>
    [JSImport("genuine", "crypto")]
    [return: JSMarshalAs<JSType.Promise<JSType.Any>>]
    public static partial Task<object> GenuineAsync(string document);
}
