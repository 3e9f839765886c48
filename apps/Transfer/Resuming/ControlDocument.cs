namespace SmartClients.Transfer.Resuming;

/// <summary>What is known of a file that is not whole yet.</summary>
/// <param name="Version">Of this document.</param>
/// <param name="Path">What was asked for.</param>
/// <param name="Size">Bytes in the file.</param>
/// <param name="PieceLength">Bytes in a piece.</param>
/// <param name="Hash">The hash that it should have, where one was given.</param>
/// <param name="Mirrors">Who delivered, by number, and which version.</param>
/// <param name="Pieces">Of each piece the number of its mirror + 1; 0 where it is missing. Two bytes each, least first.</param>
/// <param name="Sums">Of each piece the checksum. Four bytes each, least first.</param>
internal sealed record ControlDocument(
    int Version, string Path, long Size, long PieceLength, string? Hash, IReadOnlyList<ControlMirror> Mirrors, byte[] Pieces, byte[] Sums);
