namespace SmartClients.Terminals.Sessions;

/// <summary>The end of a connection.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Code">The shell's exit code, where it is over.</param>
/// <param name="Why">In a few words, where it is not.</param>
internal readonly record struct Ending(EndingKind Kind, int Code = 0, string Why = "");
