namespace SmartClients.Chat.Wire;

/// <summary>A message on its way to a server; its identity is the request's <c>Idempotency-Key</c>.</summary>
/// <param name="Secret">The sender's (<see cref="SenderKey"/>): the server learns the sender from it.</param>
/// <param name="Sequence">The sender's how-manieth message in this room.</param>
/// <param name="Name">What the writer calls itself.</param>
/// <param name="Text">The line.</param>
/// <param name="Before">The sender's messages just before it, in order, where the server lacks them: taken with it, in one commit.</param>
internal sealed record Post(string? Secret, long Sequence, string? Name, string? Text, IReadOnlyList<EarlierLine>? Before = null)
{
    /// <summary>The most messages that go before another.</summary>
    public const int MostBefore = 15;
}

/// <summary>A message that is given again with a later one, whose number and name tell its own.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Text">The line.</param>
internal sealed record EarlierLine(string? Id, string? Text);

/// <summary>What became of it. With status 409, the sequence number that is expected is another one.</summary>
/// <param name="Outcome"><c>stored</c>; <c>known</c> where it was written before; with status 409 <c>gap</c> or <c>conflict</c>.</param>
/// <param name="Expected">The sequence number that comes next here.</param>
internal sealed record PostAnswer(string Outcome, long Expected);
