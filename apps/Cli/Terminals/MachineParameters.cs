using System.CommandLine;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Terminals;
using SmartClients.Terminals.Loads;
using SmartClients.Terminals.Ssh;

namespace SmartClients.Cli.Terminals;

/// <summary>What the commands share that work on machines: which, how loaded, and how ssh reaches them.</summary>
internal sealed class MachineParameters
{
    readonly Argument<string> name = new("name") { Description = "The machines: service://now, list:host,host:port, file:members.json, dns:host:22, srv:_ssh._tcp.host, …" };
    readonly Option<string> policy = new("--policy") { Description = "How the machine is picked.", DefaultValueFactory = _ => TerminalOptions.Policy, HelpName = "name" };
    readonly Option<string> load = new("--load")
    {
        Description = "How their load is learnt: from the agent, by one ssh command, either, or not at all.",
        DefaultValueFactory = _ => "auto",
        HelpName = "auto|agent|ssh|none",
    };
    readonly Option<string> agent = new("--agent")
    {
        Description = "Where each machine tells its load (smart agent, or any ORCA document): PORT or PORT/path. A member's metadata \"agent\" may say otherwise.",
        DefaultValueFactory = _ => LoadOptions.UsualAgent,
        HelpName = "port",
    };
    readonly Option<TimeSpan?> alive = Parameters.Duration(
        "--alive", "A third of the silence after which a connection is dead. Default: 2s.", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Tell why each machine was picked." };
    readonly NamingParameters naming = new();
    readonly Option<string?> user = new("--login", "-l") { Description = "The user there.", HelpName = "user" };
    readonly Option<string?> identity = new("--identity", "-i") { Description = "A file with a private key.", HelpName = "file" };
    readonly Option<string?> configuration = new("--ssh-config", "-F") { Description = "A configuration file of ssh's instead of the usual ones.", HelpName = "file" };
    readonly Option<string?> jump = new("--jump", "-J") { Description = "Machines to jump through.", HelpName = "host" };
    readonly Option<string[]> more = new("--option", "-o") { Description = "Any option, as ssh takes it. May be repeated.", HelpName = "name=value" };

    readonly bool reachedBySsh;

    public MachineParameters(Command command, bool ssh)
    {
        reachedBySsh = ssh;
        policy.AcceptOnlyFromAmong([.. Policies.Names]);
        load.AcceptOnlyFromAmong(ssh ? ["auto", "agent", "ssh", "none"] : ["auto", "agent", "none"]);
        agent.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !LoadOptions.IsAgent(text)) result.AddError($"--agent '{text}' is not a port, or a port and a path: write 9100 or 9100/load");
        });
        command.Add(name);
        Option[] reach = ssh ? [user, identity, configuration, jump, more] : [];
        foreach (var option in (Option[])[.. reach, policy, load, agent, alive, verbose, .. naming.All]) command.Add(option);
    }

    public ServiceName Name(ParseResult parsed)
    {
        var text = parsed.GetValue(name)!;
        if (text.Length == 0) throw new UsageException("The name is empty: write service://NAME, list:host,host or file:members.json.");
        if (text.StartsWith("list:", StringComparison.Ordinal) && text["list:".Length..].Split(',').FirstOrDefault(part => part.Contains('@', StringComparison.Ordinal)) is { } member)
            throw new UsageException($"'{member}' names a user, which a member cannot: {(reachedBySsh ? $"say -l {member[..member.IndexOf('@', StringComparison.Ordinal)]}, or for a host alone User in ~/.ssh/config" : "leave him out, and log in as him")}.");
        var read = ServiceName.Parse(text);
        return read.Path.Length == 0 ? read : throw new UsageException($"'{read.Path}' follows the name {read}: write the name alone.");
    }

    public NamingSettings Naming(ParseResult parsed) => naming.Read(parsed);

    /// <summary>As asked for; the service may say, where nobody asked.</summary>
    public string? Policy(ParseResult parsed) => parsed.GetResult(policy) is { Implicit: false } ? parsed.GetValue(policy) : null;

    public LoadOptions Load(ParseResult parsed) => new(Enum.Parse<LoadSource>(parsed.GetValue(load)!, ignoreCase: true), parsed.GetValue(agent)!);

    public bool Verbose(ParseResult parsed) => parsed.GetValue(verbose);

    public TimeSpan Alive(ParseResult parsed) => parsed.GetValue(alive) ?? TimeSpan.FromSeconds(2);

    public SshOptions Ssh(ParseResult parsed)
    {
        foreach (var file in (string?[])[parsed.GetValue(identity), parsed.GetValue(configuration)])
            if (file is not (null or "none") && !File.Exists(file)) throw new UsageException($"'{file}' does not exist.");
        foreach (var option in parsed.GetValue(more) ?? [])
            if (option.IndexOfAny(['=', ' ']) < 1) throw new UsageException($"--option '{option}' is not an option of ssh's: write Name=value.");
        return new SshOptions
        {
            User = parsed.GetValue(user),
            Identity = parsed.GetValue(identity),
            Configuration = parsed.GetValue(configuration),
            Jump = parsed.GetValue(jump),
            More = parsed.GetValue(more) ?? [],
            Alive = Alive(parsed),
        };
    }
}
