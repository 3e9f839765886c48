namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>One point of the figure, to be measured.</summary>
/// <param name="Policy">How each client picks; <see cref="AnyPolicy"/> where there is one server.</param>
/// <param name="Servers">So many servers.</param>
/// <param name="Clients">So many clients at a time.</param>
internal sealed record Case(string Policy, int Servers, int Clients)
{
    /// <summary>Where there is nothing to choose.</summary>
    public const string AnyPolicy = "any";

    /// <summary>What its name is in tables and plots.</summary>
    public string Series => Servers == 1 ? "1 server" : $"{Servers} servers, {Policy}";

    public long Bytes(Conditions conditions) => (long)Clients * conditions.Retrievals * conditions.FileBytes;

    /// <summary>The time it takes at the very least: as many links as there are servers, or clients, are busy all the time.</summary>
    public TimeSpan Least(Conditions conditions) => TimeSpan.FromSeconds(Bytes(conditions) / (Math.Min(Clients, Servers) * conditions.LinkBytesPerSecond));
}
