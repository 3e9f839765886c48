using SmartClients.Outcomes;

namespace SmartClients.Simulation.Clients;

/// <summary>What comes back for an attempt.</summary>
/// <param name="Outcome">What it says of the replica.</param>
internal readonly record struct Reply(Outcome Outcome);
