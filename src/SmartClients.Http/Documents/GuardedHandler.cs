using System.Net;
using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>The handler that gets documents, where the program gave none: it follows no redirection by itself, keeps no cookies, and
/// connects only to what the rules of addresses allow, whatever name it hides behind.</summary>
internal static class GuardedHandler
{
    /// <summary>A request's rules.</summary>
    public static readonly HttpRequestOptionsKey<AddressRules> Rules = new("SmartClients.AddressRules");

    const int MostHeaderKilobytes = 32;
    static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(4);
    static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    /// <param name="find">Finds the addresses of a host; the system's way when left out.</param>
    public static SocketsHttpHandler New(Func<string, CancellationToken, Task<IPAddress[]>>? find = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        ConnectTimeout = ConnectLimit,
        PooledConnectionLifetime = ConnectionLife,
        ConnectCallback = (context, cancel) => AllowedConnection.OpenAsync(context.DnsEndPoint, RulesOf(context), find ?? Dns.GetHostAddressesAsync, cancel),
    };

    static AddressRules RulesOf(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.Options.TryGetValue(Rules, out var given) ? given : AddressRules.Default;
}
