using System.Globalization;
using System.Text.Json.Serialization;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>What all strikes have in common.</summary>
/// <param name="Servers">So many servers.</param>
/// <param name="Strikes">Of each fault, one after the other, each with clients that are new.</param>
/// <param name="Seconds">Of each: the fault comes half-way.</param>
/// <param name="LinesPerS">That the client writes, whatever becomes of those before.</param>
/// <param name="Seed">Of when, between two lines, the fault comes.</param>
internal sealed record FailoverConditions(int Servers, int Strikes, double Seconds, double LinesPerS, int Seed)
{
    /// <summary>All of it in one line.</summary>
    [JsonIgnore]
    public string Words => string.Create(
        CultureInfo.InvariantCulture, $"{Servers} servers, {LinesPerS:0.###} lines a second, {Strikes} strike{(Strikes == 1 ? "" : "s")} of each fault, each half-way through {Seconds:0.###} s, seed {Seed}");
}
