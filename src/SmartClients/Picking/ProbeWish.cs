namespace SmartClients.Picking;

/// <summary>What a policy wants to hear before a pick.</summary>
/// <param name="Count">How many replicas it named: 0 to <see cref="Most"/>.</param>
/// <param name="Await">How many of their answers the pick waits for. 0, the usual, lets the pick go on at once; more adds a round trip to the
/// request, and never more than the patience of whoever probes.</param>
public readonly record struct ProbeWish(int Count, int Await = 0)
{
    /// <summary>The most replicas that one request may have asked.</summary>
    public const int Most = 16;
}
