namespace SmartClients.Chat;

/// <summary>Who sends, where the program gave none: the platform's, and in a browser the browser's.</summary>
internal static class Handlers
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static HttpMessageHandler New() => OperatingSystem.IsBrowser()
        ? new HttpClientHandler()
        : new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout, MaxConnectionsPerServer = 64 };

    /// <summary>For WebSockets, each of which keeps its connection. Not by a proxy of the environment: that is for the web, not for a director that
    /// talks to the replicas themselves.</summary>
    public static HttpMessageHandler NewForSockets() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = ConnectTimeout };
}
