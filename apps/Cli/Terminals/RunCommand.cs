using System.CommandLine;
using System.Text;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Terminals.Running;

namespace SmartClients.Cli.Terminals;

/// <summary><c>smart run</c>: one command on the best machine, or one for many inputs on all of them.</summary>
internal sealed class RunCommand : SmartCommand
{
    const int Port = 22;

    readonly TimeProvider time;
    readonly MachineParameters machines;
    readonly Argument<string[]> command = new("command") { Description = "After --: a program and its arguments; or one word, a line for the shell there.", Arity = ArgumentArity.OneOrMore };
    readonly Option<bool> map = new("--map") { Description = "Run it for each line of standard input, over all machines. {} in it is the line, and so is \"$SMART_INPUT\"; else the line is its last argument." };
    readonly Option<bool> zero = new("--null", "-0") { Description = "With --map: zero bytes end the inputs on standard input, as of find -print0, instead of line feeds." };
    readonly Option<string[]> inputs = new("--input") { Description = "With --map: an input, instead of standard input. May be repeated.", HelpName = "text" };
    readonly Option<int?> perMachine = Parameters.Count("--per-machine", "With --map: the most at once on one machine. Default: 1.", null, 1, 1000);
    readonly Option<bool> unordered = new("--unordered") { Description = "With --map: results as they come." };
    readonly Option<bool> repeatable = new("--repeatable") { Description = "It may be run again when a machine dies half-way; its output comes at its end." };
    readonly Option<bool> json = Parameters.Json();

    public RunCommand(TimeProvider time) : base("run", "Runs a command on the best machine, and passes its input, output and exit code through. Ctrl-C ends it there, too.")
    {
        this.time = time;
        machines = new MachineParameters(this, ssh: true);
        Add(command);
        foreach (var option in (Option[])[map, zero, inputs, perMachine, unordered, repeatable, json]) Add(option);
        SetAction(PassedOnAsync);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart run service://now -- uname -a",
        "smart run list:n1.example,n2.example -- 'sort | uniq -c' < words.txt",
        "ls *.wav | smart run service://now --map --per-machine 4 -- flac --best {}",
        "smart run service://now --map --input 1 --input 2 --repeatable --json -- ./simulate --seed {}",
    ];

    async Task<int> PassedOnAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            return await RunAsync(parsed, cancel);
        }
        catch (IOException error) when (StandardStreams.IsGone(error))
        {
            // As of any program in a pipeline, of whose output enough was read.
            return ExitCode.NobodyReads;
        }
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var isMap = parsed.GetValue(map);
        var given = parsed.GetValue(inputs) ?? [];
        if (!isMap && (given.Length > 0 || parsed.GetValue(zero) || parsed.GetValue(perMachine) is not null || parsed.GetValue(unordered)))
            throw new UsageException("--input, --null, --per-machine and --unordered need --map.");
        if (given.Length > 0 && parsed.GetValue(zero)) throw new UsageException("--null is about standard input, which --input takes the place of: leave one of them out.");
        var words = parsed.GetValue(command)!;
        if (words.Any(word => word.Contains('\0', StringComparison.Ordinal)) || words is [""]) throw new UsageException("The command is empty: write it after --, as in: smart run NAME -- uname -a");
        var line = isMap ? CommandLine.ForEach(words) : CommandLine.Of(words);
        var (ssh, load) = (machines.Ssh(parsed), machines.Load(parsed));
        await using var opened = await Machines.OpenAsync(parsed, machines, Port, time, cancel);
        var settings = new RunSettings
        {
            Repeatable = parsed.GetValue(repeatable),
            PerMachine = parsed.GetValue(perMachine) ?? 1,
            Unordered = parsed.GetValue(unordered),
        };
        // Nobody can answer for many at once.
        using var commands = new RemoteCommands(opened.Director, isMap ? ssh with { Quiet = true } : ssh, load, settings, time);
        if (!isMap) return await OneAsync(commands, line, parsed.GetValue(json), cancel);
        await using var source = StandardStreams.Input();
        var all = given.Length > 0 ? given.ToAsyncEnumerable() : Inputs.ReadAsync(source, parsed.GetValue(zero), cancel);
        var results = new Spread(opened.Director, commands, settings, time).RunAsync(all, line, cancel);
        return await new SpreadPrinter(parsed.GetValue(json)).PrintAsync(results);
    }

    static async Task<int> OneAsync(RemoteCommands commands, string line, bool json, CancellationToken cancel)
    {
        await commands.AskAsync(cancel);
        await using var input = StandardStreams.Input();
        if (!json)
        {
            await using var output = StandardStreams.Output();
            await using var errors = StandardStreams.Errors();
            return (await commands.RunAsync(line, input, output, errors, cancel: cancel)).Exit;
        }
        using var told = new MemoryStream();
        using var complained = new MemoryStream();
        var run = await commands.RunAsync(line, input, told, complained, cancel: cancel);
        Documents.Print(
            new RunReport(run.Machine.Address, run.Exit, run.Attempts, Math.Round(run.Elapsed.TotalMilliseconds, 3), Text(told), Text(complained)),
            Documents.Default.RunReport);
        return run.Exit;
    }

    static string Text(MemoryStream from) => Encoding.UTF8.GetString(from.GetBuffer(), 0, (int)from.Length);
}
