namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>The names that a listing may bring: a tree that is fetched must not leave its folder.</summary>
internal static class EntryName
{
    const int MostCharacters = 1024;

    /// <summary>Whether it is one part of a path, and nothing else.</summary>
    public static bool IsSafe(string name) =>
        name.Length is > 0 and <= MostCharacters && name is not ("." or "..") && !name.Any(c => c is '/' or '\\' || char.IsControl(c));
}
