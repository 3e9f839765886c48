namespace SmartClients.Transfer.Pieces;

/// <summary>What became of bytes that a mirror delivered.</summary>
internal enum Added
{
    /// <summary>More are wanted.</summary>
    GoOn,

    /// <summary>They were the last of the piece.</summary>
    Finished,

    /// <summary>The piece was finished, or given up, by somebody else.</summary>
    Late,

    /// <summary>They are not what another mirror delivered.</summary>
    Disputed,
}
