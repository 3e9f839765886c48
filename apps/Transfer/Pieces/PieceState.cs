namespace SmartClients.Transfer.Pieces;

/// <summary>How far a piece has come.</summary>
internal enum PieceState : byte
{
    /// <summary>Nobody fetches it.</summary>
    Free,

    /// <summary>Somebody does.</summary>
    Taken,

    /// <summary>It is there, and has a hash that it was not held against yet.</summary>
    Fetched,

    /// <summary>It is there, and as well checked as a piece can be.</summary>
    Done,
}
