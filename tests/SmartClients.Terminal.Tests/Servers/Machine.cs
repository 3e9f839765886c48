using SmartClients.Testing;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>One machine: an sshd with a home of its own, and an agent.</summary>
internal sealed record Machine(string Name, SshServer Server, LoadedAgent Agent, AgentProcess? Real = null) : IAsyncDisposable
{
    public string Address => $"127.0.0.1:{Server.Port}";

    /// <summary>What members.json says of it.</summary>
    public string Member => $$"""{"address":"{{Address}}","metadata":{ "agent":"{{Real?.Port ?? Agent.Port}}" } }""";

    /// <summary>A line of known_hosts.</summary>
    public string HostKey => $"[127.0.0.1]:{Server.Port} {File.ReadAllText(Path.Combine(Server.ClientFolder, "..", "host_key.pub")).Trim()}";

    public string Identity => Path.Combine(Server.ClientFolder, "id_ed25519");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Agent.DisposeAsync();
        if (Real is not null) await Real.DisposeAsync();
    }
}
