namespace SmartClients.Chat;

/// <summary>Who sends, where the program gave none: the platform's, and in a browser the browser's.</summary>
internal static class Handlers
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static HttpMessageHandler New() => OperatingSystem.IsBrowser()
        ? new HttpClientHandler()
        : new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout, MaxConnectionsPerServer = 64 };
}
