namespace SmartClients.Cli.Chatting;

/// <summary>A line that was piped in.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What it says.</param>
/// <param name="Problem">Why it cannot be written; <see langword="null"/> where it can.</param>
internal sealed record PipedLine(int Number, string Text, string? Problem)
{
    const int MostShown = 40;

    /// <summary>Which one it is, for who has to find it.</summary>
    public override string ToString()
    {
        var shown = Text.Length <= MostShown ? Text : Text[..MostShown] + "…";
        return shown.Length > 0 ? $"line {Number} ('{shown}')" : $"line {Number}";
    }
}
