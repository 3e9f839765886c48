using SmartClients.Bench.Load;

namespace SmartClients.Bench.Contests;

/// <summary>One wiring in one play, once.</summary>
public sealed record RunResult(string Scenario, int Round, string Wiring, LoadResult Load);
