using System.CommandLine;
using SmartClients.Cli.Shell;
using SmartClients.Terminals;
using SmartClients.Terminals.Telnet;

namespace SmartClients.Cli.Terminals;

/// <summary><c>smart telnet</c>: the same for machines that know no better.</summary>
internal sealed class TelnetCommand : SmartCommand
{
    const int Port = 23;

    readonly TimeProvider time;
    readonly MachineParameters machines;
    readonly SessionParameters session;
    readonly Option<bool> integrate = new("--integrate") { Description = "Type a line into the shell at its prompt, so that directory and variables are as they were after a failure." };

    public TelnetCommand(TimeProvider time) : base("telnet", "Opens a telnet terminal on the best machine. Clear text: whoever is in between reads and changes it. ~. leaves.")
    {
        this.time = time;
        machines = new MachineParameters(this, ssh: false);
        session = new SessionParameters(this);
        Add(integrate);
        SetAction(RunAsync);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart telnet list:n1.example,n2.example",
        "smart telnet file:machines.json --integrate   # the directory and the variables survive too",
    ];

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var load = machines.Load(parsed);
        await using var opened = await Machines.OpenAsync(parsed, machines, Port, time, cancel);
        var settings = session.Read(parsed, machines.Verbose(parsed));
        Messages.Note("smart: telnet is clear text: whoever is in between can read and change everything, passwords as well.");
        var telnet = new TelnetSettings
        {
            Integrate = parsed.GetValue(integrate),
            Alive = machines.Alive(parsed),
            Terminal = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 and <= 40 } kind && kind.All(c => c is > ' ' and < '\x7f') ? kind : "dumb",
        };
        return await new RemoteTerminal(opened.Director, load, settings, time).TelnetAsync(telnet, cancel);
    }
}
