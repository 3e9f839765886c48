namespace SmartClients.Tests.World;

/// <summary>How the requests of a load ended.</summary>
internal sealed class Tally
{
    public int Sent { get; set; }

    public int Succeeded { get; set; }

    public List<Exception> Errors { get; } = [];

    public List<TimeSpan> Took { get; } = [];

    public int Ended => Succeeded + Errors.Count;

    public TimeSpan Longest => Took.Count == 0 ? TimeSpan.Zero : Took.Max();

    public TimeSpan Percentile(double q) => Took.Order().ElementAt((int)(q * (Took.Count - 1)));
}
