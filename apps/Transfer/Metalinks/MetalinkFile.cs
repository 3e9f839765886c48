using System.Collections.Immutable;
using SmartClients.Transfer.Checking;

namespace SmartClients.Transfer.Metalinks;

/// <summary>One file of a Metalink document.</summary>
/// <param name="Name">Its name: a relative path with slashes, which leads nowhere but down.</param>
public sealed record MetalinkFile(string Name)
{
    /// <summary>What is known of it.</summary>
    public Sums Sums { get; init; } = Sums.None;

    /// <summary>Where it is to be had, in the order of the document.</summary>
    public ImmutableArray<MetalinkAddress> Addresses { get; init; } = [];
}
