using System.Globalization;
using System.Text.Json.Serialization;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>What all points of a figure have in common: two that differ in it cannot be compared.</summary>
/// <param name="Retrievals">Of each client, one after the other.</param>
/// <param name="FileBytes">In the file.</param>
/// <param name="LinkMbitPerS">Of each server's link.</param>
/// <param name="Seed">Of all chance.</param>
internal sealed record Conditions(int Retrievals, int FileBytes, double LinkMbitPerS, int Seed)
{
    /// <summary>How the links were made.</summary>
    public string Links { get; init; } = "";

    /// <summary>All of it in one line.</summary>
    [JsonIgnore]
    public string Words => string.Create(
        CultureInfo.InvariantCulture, $"{Retrievals} retrievals of {FileBytes / 1024} KB, {LinkMbitPerS:0.###} Mb/s, {Links}, seed {Seed}");

    [JsonIgnore]
    public double LinkBytesPerSecond => LinkMbitPerS * 1e6 / 8;
}
