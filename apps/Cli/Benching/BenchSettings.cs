using SmartClients.Bench.Contests;
using SmartClients.Bench.Wirings;

namespace SmartClients.Cli.Benching;

/// <summary>What <c>smart bench</c> was asked to do.</summary>
/// <param name="Series">The scenarios, in this machine's size.</param>
/// <param name="Wirings">Who is compared; the first one is the yardstick.</param>
/// <param name="Rounds">How often.</param>
/// <param name="Folder">Where the page and the single figures go.</param>
/// <param name="Json">One JSON document instead of tables.</param>
internal sealed record BenchSettings(IReadOnlyList<Series> Series, IReadOnlyList<Wiring> Wirings, int Rounds, string? Folder, bool Json);
