namespace SmartClients.Naming;

/// <summary>One answer of a source that is asked again and again.</summary>
/// <param name="Set">The members; the same as before where nothing changed, so that their age is known.</param>
/// <param name="Pause">How long the answer may be believed.</param>
public readonly record struct PolledSet(MemberSet Set, TimeSpan Pause);
