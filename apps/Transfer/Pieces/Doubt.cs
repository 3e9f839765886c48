namespace SmartClients.Transfer.Pieces;

/// <summary>Why a piece that was there is fetched again, and what is done where it differs.</summary>
internal enum Doubt
{
    /// <summary>It was not there.</summary>
    None,

    /// <summary>It may be right: what differs is told, and nothing is written.</summary>
    Compare,

    /// <summary>It is wrong, or somebody's who is not believed: it is written anew, and whose bytes were changed is remembered.</summary>
    Replace,
}
