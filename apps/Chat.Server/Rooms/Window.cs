using System.Collections.Immutable;

namespace SmartClients.Chat.Server.Rooms;

/// <summary>The end of a room's log in memory: what nearly every reader wants next. Immutable.</summary>
/// <param name="From">It holds everything after this position …</param>
/// <param name="Last">… to this one.</param>
/// <param name="Lines">In order.</param>
/// <param name="End">The message at the last position.</param>
internal sealed record Window(long From, long Last, ImmutableArray<Line> Lines, ChatMessage? End)
{
    const int MostLines = 512;
    const int MostBytes = 256 << 10;

    public static Window At(long position, ChatMessage? end) => new(position, position, [], end);

    /// <summary>One that goes on to more lines, and lets the oldest go where it grows too large.</summary>
    public Window With(IReadOnlyList<Line> more)
    {
        var all = Lines.AddRange(more);
        var drop = Math.Max(0, all.Length - MostLines);
        var bytes = 0;
        for (var i = all.Length - 1; i >= drop; i--)
            if ((bytes += all[i].Bytes.Length) > MostBytes)
            {
                drop = i + 1;
                break;
            }
        return drop == 0 ? this with { Last = all[^1].Position, Lines = all, End = all[^1].Message }
            : new Window(all[drop - 1].Position, all[^1].Position, all.RemoveRange(0, drop), all[^1].Message);
    }

    /// <summary>The lines after a position; <see langword="null"/> where it does not reach back so far.</summary>
    public ReadOnlyMemory<Line>? After(long position)
    {
        if (position < From) return null;
        if (position >= Last) return ReadOnlyMemory<Line>.Empty;
        var (low, high) = (0, Lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Lines[middle].Position <= position) low = middle + 1;
            else high = middle;
        }
        return Lines.AsMemory()[low..];
    }
}
