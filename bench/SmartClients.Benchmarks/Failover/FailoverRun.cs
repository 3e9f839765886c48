namespace SmartClients.Benchmarks.Failover;

/// <summary>One variant under one fault, once.</summary>
sealed record FailoverRun(string Variant, string Fault, LoadResult Result);
