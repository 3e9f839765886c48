namespace SmartClients.Transfer.Pieces;

/// <summary>Two mirrors say different things of the same bytes.</summary>
/// <param name="At">The first of the bytes.</param>
/// <param name="Before">What one said.</param>
/// <param name="SaidBefore">That one's number.</param>
/// <param name="Now">What the other says.</param>
/// <param name="SaysNow">The other's number.</param>
internal sealed record Dispute(long At, byte[] Before, int SaidBefore, byte[] Now, int SaysNow);
