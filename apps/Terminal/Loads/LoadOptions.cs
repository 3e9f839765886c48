using SmartClients.Terminals.Ssh;

namespace SmartClients.Terminals.Loads;

/// <summary>How the load of machines is learnt, and where.</summary>
/// <param name="Source">The way.</param>
/// <param name="Agent">The agent's port, or its port and path.</param>
public sealed record LoadOptions(LoadSource Source, string Agent)
{
    /// <summary>The agent's port where nobody says otherwise.</summary>
    public const string UsualAgent = "9100";

    /// <summary>Whether an agent can be there.</summary>
    public static bool IsAgent(string text) => AgentLoads.Address("host", text) is not null;

    internal IReadOnlyList<LoadReader> Readers(HttpMessageInvoker http, SshOptions? ssh, SshTargets? targets)
    {
        List<LoadReader> readers = [];
        if (Source is LoadSource.Auto or LoadSource.Agent) readers.Add(new AgentLoads(http, Agent, targets));
        if (Source is LoadSource.Auto or LoadSource.Ssh && ssh is not null) readers.Add(new SshLoads(ssh));
        return readers;
    }
}
