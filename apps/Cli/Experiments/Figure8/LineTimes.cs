namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>What became of a line, in milliseconds since it was written; <see langword="null"/> for what never was.</summary>
/// <param name="AtS">When it was written, in seconds since the first line.</param>
/// <param name="WriteMs">Until a server said that it has it.</param>
/// <param name="ReadMs">Until the client's own reader had it.</param>
/// <param name="ElsewhereMs">Until a reader at another server had it.</param>
internal sealed record LineTimes(double AtS, double? WriteMs, double? ReadMs, double? ElsewhereMs);
