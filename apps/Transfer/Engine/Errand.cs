using SmartClients.Transfer.Pieces;

namespace SmartClients.Transfer.Engine;

/// <summary>One request to the director: a piece of the file. Which one is decided when it is known who fetches it, and stays the same
/// when it is re-applied elsewhere; of a copy it is decided beforehand.</summary>
internal sealed class Errand(PieceMap map, Piece? copy = null)
{
    readonly Lock gate = new();
    Piece? piece = copy;
    bool isOver;

    /// <summary>The file that it belongs to: a download that finds out that it has to begin again has another one then.</summary>
    public PieceMap Map => map;

    public Piece? Piece
    {
        get { lock (gate) return piece; }
    }

    /// <summary>What to fetch, for an attempt: the first one claims it.</summary>
    /// <returns><see langword="null"/> when there is nothing, or the errand has ended: then the attempt came too late.</returns>
    public Piece? Claim(Func<PieceMap, Piece?> claim)
    {
        lock (gate) return isOver ? null : piece ??= claim(map);
    }

    /// <summary>No attempt begins any more, and what is missing of the piece is left to others.</summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            if (piece is not null) map.GiveBack(piece);
        }
    }
}
