namespace SmartClients.Chat.Checker.Crowd;

/// <summary>Where it happens.</summary>
internal static class CheckedRoom
{
    public const string Name = "arena";
}
