using System.Numerics;

namespace SmartClients.Transfer.Pieces;

/// <summary>How a file is cut: pieces of one length, of which the last may be shorter.</summary>
/// <param name="Size">Bytes in the file.</param>
/// <param name="PieceLength">Bytes in a piece.</param>
internal readonly record struct Layout(long Size, long PieceLength)
{
    /// <summary>The most pieces of a file: what is kept of each must not grow with the file.</summary>
    public const int MostPieces = 1 << 16;

    const long Shortest = 64 << 10;
    const long Usual = 1 << 20;
    const long LongestStretch = 4 << 20;
    const int Wanted = 64;

    public int Count => (int)((Size + PieceLength - 1) / PieceLength);

    public long Start(int index) => index * PieceLength;

    public long End(int index) => Math.Min(Size, (index + 1) * PieceLength);

    public int IndexOf(long position) => (int)(position / PieceLength);

    /// <summary>The layout for a file: long enough pieces that asking for one costs little, short enough that mirrors finish together.</summary>
    /// <param name="size">Bytes in the file.</param>
    /// <param name="stretch">How long the stretches are that have a hash of their own, where some have: a piece is then one of them, or
    /// several, or a part of one, so that a wrong one is somebody's.</param>
    public static Layout For(long size, long? stretch = null)
    {
        var length = Math.Clamp(UpToPower(size / Wanted), Shortest, Usual);
        length = Math.Max(length, UpToPower(size / (MostPieces / 4)));
        if (stretch is > 0 and <= LongestStretch and var its)
            length = its >= Shortest && size / its < MostPieces ? its : its * Math.Max(1, length / its);
        return new Layout(size, length);
    }

    static long UpToPower(long value) => (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, value));
}
