namespace SmartClients.Cli.Demo;

/// <summary>What is being done to the replicas.</summary>
internal enum Phase
{
    Steady,
    Kill,
    Restart,
    Freeze,
    Thaw,
    Errors,
}
