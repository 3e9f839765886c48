using System.CommandLine;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Naming;
using SmartClients.Cli.Shell;
using SmartClients.Terminals;

namespace SmartClients.Cli.Terminals;

/// <summary>The machines of a name, and the director that picks among them.</summary>
internal sealed class Machines : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly NameTable names;
    readonly OpenName name;
    readonly TimeProvider time;

    Machines(NameTable names, OpenName name, Director director, TimeProvider time) =>
        (this.names, this.name, Director, this.time) = (names, name, director, time);

    public Director Director { get; }

    public static async Task<Machines> OpenAsync(ParseResult parsed, MachineParameters parameters, int port, TimeProvider time, CancellationToken cancel)
    {
        var asked = parameters.Name(parsed);
        if (!OperatingSystem.IsLinux()) throw new UsageException("Terminals and commands on machines need Linux so far.");
        var names = new NameTable(parameters.Naming(parsed), time);
        try
        {
            var open = await names.OpenAsync(asked, port, refresh: false, Patience, cancel);
            var options = open.Options(time).ForTerminals();
            var policy = parameters.Policy(parsed) ?? open.Source.Advice?.Policy.Name ?? TerminalOptions.Policy;
            var director = new Director(open.Name, open.Source, options with { Policy = policy }, TerminalOptions.PolicyOf(policy));
            if (parameters.Verbose(parsed)) director.Decided += decision => Console.Error.Write(DecisionText.Of(decision).ReplaceLineEndings("\r\n"));
            return new Machines(names, open, director, time);
        }
        catch
        {
            await names.DisposeAsync();
            throw;
        }
    }

    /// <summary>What was due beside the work, before the program ends.</summary>
    public Task SettleAsync(bool failed) => name.SettleAsync(Director, time, failed);

    public async ValueTask DisposeAsync()
    {
        await Director.DisposeAsync();
        await names.DisposeAsync();
    }
}
