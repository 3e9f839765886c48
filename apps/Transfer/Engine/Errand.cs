using SmartClients.Transfer.Pieces;

namespace SmartClients.Transfer.Engine;

/// <summary>One request to the director: a piece of the file. Which one is decided when it is known who fetches it, and stays the same
/// when it is re-applied elsewhere; of a copy it is decided beforehand.</summary>
internal sealed class Errand
{
    public Piece? Piece { get; set; }
}
