namespace SmartClients.Transfer.Pieces;

/// <summary>Who delivered the bytes from one position to another.</summary>
/// <param name="Mirror">The mirror's number.</param>
/// <param name="From">The first byte.</param>
/// <param name="To">The byte after the last.</param>
internal readonly record struct Delivery(int Mirror, long From, long To);
