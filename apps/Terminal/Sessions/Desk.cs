using SmartClients.Terminals.Local;

namespace SmartClients.Terminals.Sessions;

/// <summary>Where the user sits.</summary>
internal sealed record Desk(UserTerminal Terminal, Screen Screen, Keyboard Keyboard);
