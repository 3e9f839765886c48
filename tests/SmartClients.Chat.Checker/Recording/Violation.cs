namespace SmartClients.Chat.Checker.Recording;

/// <summary>A promise that was broken.</summary>
/// <param name="Kind">Which.</param>
/// <param name="What">One line: who, and which message.</param>
internal sealed record Violation(ViolationKind Kind, string What);

/// <summary>The ways to break a promise.</summary>
internal enum ViolationKind
{
    /// <summary>A reader never got what was acknowledged.</summary>
    Lost,

    /// <summary>A reader got a message twice.</summary>
    Doubled,

    /// <summary>A reader got a sender's messages in another order than they were written.</summary>
    Reordered,

    /// <summary>No server has what one of them acknowledged.</summary>
    NotStored,

    /// <summary>The writer was shown as sent what no server had acknowledged.</summary>
    ShownTooSoon,

    /// <summary>A reader got what nobody wrote.</summary>
    Invented,
}
