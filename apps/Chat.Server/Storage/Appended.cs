namespace SmartClients.Chat.Server.Storage;

/// <summary>What became of a message that was to be written.</summary>
/// <param name="Outcome">That.</param>
/// <param name="Expected">The sequence number that comes next of this sender.</param>
internal readonly record struct Appended(AppendOutcome Outcome, long Expected);

/// <summary>What became of a message that was to be written.</summary>
internal enum AppendOutcome
{
    /// <summary>It is in the room, on disk.</summary>
    Stored,

    /// <summary>It was there already.</summary>
    Known,

    /// <summary>An earlier one of its sender is missing: nothing was written.</summary>
    Gap,

    /// <summary>Another message has its number: nothing was written.</summary>
    Conflict,

    /// <summary>The room takes no more.</summary>
    Full,
}
