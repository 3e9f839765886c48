namespace SmartClients.Chat;

/// <summary>How a room is read.</summary>
public enum ChatTransport
{
    /// <summary>Over a WebSocket.</summary>
    WebSocket,

    /// <summary>As server-sent events, where proxies let no WebSocket through.</summary>
    EventStream,
}
