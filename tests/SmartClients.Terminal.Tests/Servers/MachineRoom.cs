using SmartClients.Testing;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>Several machines, the file that names them, and the ssh configuration of somebody who may work on all of them.</summary>
internal sealed class MachineRoom : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly List<Machine> machines = [];
    readonly string shell;
    readonly string settings;

    MachineRoom(string shell, string settings) => (this.shell, this.settings) = (shell, settings);

    public IReadOnlyList<Machine> Machines => machines;

    public string Name => "file:" + Path.Combine(folder.Path, "members.json");

    public string Configuration => Path.Combine(folder.Path, "ssh_config");

    public string KnownHosts => Path.Combine(folder.Path, "known_hosts");

    /// <summary>A folder that every machine sees.</summary>
    public string Shared { get; private set; } = "";

    /// <summary>Opens one.</summary>
    /// <param name="loads">Of each machine.</param>
    /// <param name="cancel">The test's.</param>
    /// <param name="shell">The user's shell on all of them.</param>
    /// <param name="realAgents">Whether each runs a <c>smart agent</c>.</param>
    /// <param name="settings">More for the sshd of each.</param>
    public static async Task<MachineRoom> OpenAsync(
        IReadOnlyList<double> loads, CancellationToken cancel, string shell = "/bin/bash", bool realAgents = false, string settings = "")
    {
        var room = new MachineRoom(shell, settings);
        room.Shared = Directory.CreateDirectory(Path.Combine(room.folder.Path, "it's shared")).FullName;
        foreach (var load in loads) await room.AddAsync(load, cancel, realAgent: realAgents);
        return room;
    }

    /// <summary>One more machine, which from now on is a member.</summary>
    public async Task<Machine> AddAsync(double load, CancellationToken cancel, int port = 0, bool known = true, bool realAgent = false)
    {
        var name = "m" + (machines.Count + 1);
        var home = Directory.CreateDirectory(Path.Combine(folder.Path, "home-" + name)).FullName;
        // A user whose own files set a prompt, and turn off what would get into the way of reading it.
        foreach (var file in (string[])[".profile", ".zshrc"]) await File.WriteAllTextAsync(Path.Combine(home, file), "PS1='<'$MACHINE'> '\nunset zle_bracketed_paste\n", cancel);
        var server = await SshServer.StartAsync(cancel, port, settings: [$"SetEnv MACHINE={name} HOME={home} SHELL={shell} ZDOTDIR= ENV=", settings]);
        var machine = new Machine(name, server, await LoadedAgent.StartAsync(load, cancel), realAgent ? await AgentProcess.StartAsync(load, cancel) : null);
        machines.Add(machine);
        Write(known);
        return machine;
    }

    void Write(bool known)
    {
        folder.Write("ssh_config", $"""
            Host *
                UserKnownHostsFile {KnownHosts}
                GlobalKnownHostsFile none
                IdentitiesOnly yes
                IdentityAgent none
                UpdateHostKeys no
            {string.Join('\n', machines.TakeLast(5).Select(machine => "    IdentityFile " + machine.Identity))}

            """);
        if (known) folder.Write("known_hosts", string.Join('\n', machines.Select(machine => machine.HostKey)) + "\n");
        // Whole or not at all: it is watched.
        var members = folder.Write("members.json.new", $$"""{"members":[{{string.Join(',', machines.DistinctBy(machine => machine.Address).Select(machine => machine.Member))}}]}""");
        File.Move(members, Path.Combine(folder.Path, "members.json"), overwrite: true);
    }

    /// <summary>Names a machine as the shell on it does.</summary>
    public Machine this[string name] => machines.Single(machine => machine.Name == name);

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in machines) await machine.DisposeAsync();
        folder.Dispose();
    }
}
