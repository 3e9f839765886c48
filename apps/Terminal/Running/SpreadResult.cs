namespace SmartClients.Terminals.Running;

/// <summary>What came of one of many inputs.</summary>
/// <param name="Input">The input.</param>
/// <param name="Run">Where and how it ended; <see langword="null"/> when no machine ran it to its end.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Errors">What it complained of.</param>
/// <param name="Failure">Why it was not run to its end.</param>
public sealed record SpreadResult(string Input, RunResult? Run, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Errors, Exception? Failure);
