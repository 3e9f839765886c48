namespace SmartClients.Chat;

/// <summary>Who is in a room, over all its servers as far as the one that tells knows.</summary>
/// <param name="Count">How many.</param>
/// <param name="Names">Some of them, in alphabetical order; each name once for each who bears it.</param>
public sealed record People(int Count, IReadOnlyList<string> Names);
