namespace SmartClients.Terminals.Telnet;

/// <summary>The bytes of RFC 854 and of the options spoken here.</summary>
internal static class TelnetBytes
{
    public const byte SubnegotiationEnd = 240;
    public const byte Subnegotiation = 250;
    public const byte Will = 251;
    public const byte Wont = 252;
    public const byte Do = 253;
    public const byte Dont = 254;
    public const byte Command = 255;

    /// <summary>RFC 856.</summary>
    public const byte Binary = 0;

    /// <summary>RFC 857.</summary>
    public const byte Echo = 1;

    /// <summary>RFC 858.</summary>
    public const byte SuppressGoAhead = 3;

    /// <summary>RFC 860.</summary>
    public const byte TimingMark = 6;

    /// <summary>RFC 1091.</summary>
    public const byte TerminalType = 24;

    /// <summary>RFC 1073.</summary>
    public const byte WindowSize = 31;
}
