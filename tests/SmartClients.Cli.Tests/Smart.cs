using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests;

/// <summary>Runs the built program as anybody would, with pipes for a terminal.</summary>
internal sealed record Smart(int Exit, string Output, string Errors)
{
    static readonly string Program = SmartProgram.Path;

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The one line of the problem.</summary>
    public string Problem => Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public static RunningProcess Start(params IEnumerable<string> arguments) => RunningProcess.Start(Program, arguments);

    public static async Task<Smart> RunAsync(params IEnumerable<string> arguments)
    {
        await using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs it with more in its environment.</summary>
    public static async Task<Smart> RunAsync(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments)
    {
        await using var process = RunningProcess.Start(environment, Program, arguments);
        return await EndAsync(process);
    }

    public static async Task<Smart> EndAsync(RunningProcess process)
    {
        var exit = await process.ExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain('\e', process.Output + process.Errors);
        return new Smart(exit, process.Output, process.Errors);
    }
}
