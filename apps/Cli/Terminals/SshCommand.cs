using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Terminals;

namespace SmartClients.Cli.Terminals;

/// <summary><c>smart ssh</c>: a terminal on the best machine.</summary>
internal sealed class SshCommand : SmartCommand
{
    const int Port = 22;

    readonly TimeProvider time;
    readonly MachineParameters machines;
    readonly SessionParameters session;

    public SshCommand(TimeProvider time) : base("ssh", "Opens a terminal on the best machine, which comes back in the same directory when that machine dies. ~. leaves.")
    {
        this.time = time;
        machines = new MachineParameters(this, ssh: true);
        session = new SessionParameters(this);
        SetAction(RunAsync);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart ssh service://now",
        "smart ssh list:n1.example,n2.example,n3.example -l alice",
        "smart ssh file:machines.json --load ssh       # machines without an agent",
        "smart ssh service://now --policy profile -J gate.example",
    ];

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (ssh, load) = (machines.Ssh(parsed), machines.Load(parsed));
        await using var opened = await Machines.OpenAsync(parsed, machines, Port, time, cancel);
        var settings = session.Read(parsed, machines.Verbose(parsed));
        return await new RemoteTerminal(opened.Director, load, settings, time).SshAsync(ssh, cancel);
    }
}
