using SmartClients.Naming;

namespace SmartClients.Chat.Writing;

/// <summary>What came of a post.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Expected">For <see cref="AnswerKind.Gap"/> and <see cref="AnswerKind.Taken"/>: the sequence number that the server wants first.</param>
/// <param name="Wait">For <see cref="AnswerKind.Later"/>: how long the servers ask to be left alone.</param>
/// <param name="Reason">Why it was not stored.</param>
/// <param name="From">Who said so, where it is not the one that is asked first: that one had not answered, or not well.</param>
internal readonly record struct Answer(AnswerKind Kind, long Expected = 0, TimeSpan Wait = default, string Reason = "", Endpoint? From = null);

/// <summary>What came of a post.</summary>
internal enum AnswerKind
{
    /// <summary>A server has it.</summary>
    Stored,

    /// <summary>The server lacks an earlier one.</summary>
    Gap,

    /// <summary>The number is that of another message of this sender's, which an earlier process of it wrote.</summary>
    Taken,

    /// <summary>Nobody could take it now.</summary>
    Later,

    /// <summary>Nobody will ever take it.</summary>
    Refused,
}
