namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>What the client, and another reader at another server, saw of one fault. Milliseconds.</summary>
/// <param name="Fault">What happened.</param>
/// <param name="Number">The how-manieth of its kind, from 1.</param>
internal sealed record Strike(string Fault, int Number)
{
    /// <summary>When it came, in seconds since the client's first line; each server's, where there are several.</summary>
    public required IReadOnlyList<double> AtS { get; init; }

    /// <summary>Whether it came while a line was on its way to that server.</summary>
    public required bool WithLineOnItsWay { get; init; }

    /// <summary>Whether the server that was struck was the one that took the client's lines, besides the one that it read from.</summary>
    public required bool HitTheWriter { get; init; }

    /// <summary>The longest time that the client's reader was without a server: from when its server was struck until another one served
    /// it; <see langword="null"/> where it never moved.</summary>
    public required double? ReaderAwayMs { get; init; }

    /// <summary>The longest time from writing a line to its acknowledgement, of those that were not acknowledged before it came; <see langword="null"/> where
    /// one never was.</summary>
    public required double? LongestWriteMs { get; init; }

    /// <summary>The longest time from writing such a line until the client's own reader had it.</summary>
    public required double? LongestReadMs { get; init; }

    /// <summary>The longest time until the reader at the other server had it.</summary>
    public required double? LongestElsewhereMs { get; init; }

    /// <summary>The median of the lines before it.</summary>
    public required double UsualWriteMs { get; init; }

    /// <summary>The median of the lines before it.</summary>
    public required double UsualReadMs { get; init; }

    /// <summary>The median of the lines before it.</summary>
    public required double UsualElsewhereMs { get; init; }

    /// <summary>Lines that were acknowledged and did not come to a reader, or came twice, or in the wrong order.</summary>
    public required int Wrong { get; init; }

    /// <summary>Every line, in order.</summary>
    public required IReadOnlyList<LineTimes> Lines { get; init; }
}
