using System.Text;
using SmartClients.Cli.Shell;
using SmartClients.Terminals.Running;

namespace SmartClients.Cli.Terminals;

/// <summary>One input. Without an exit code, no machine ran it to its end, and <c>error</c> says why.</summary>
internal sealed record SpreadRun(string Input, string? Machine, int? Exit, int? Attempts, double? ElapsedMs, string Output, string Errors, string? Error)
{
    public static SpreadRun Of(SpreadResult result) => new(
        result.Input, result.Run?.Machine.Address, result.Run?.Exit, result.Run?.Attempts,
        result.Run is { } run ? Math.Round(run.Elapsed.TotalMilliseconds, 3) : null,
        Encoding.UTF8.GetString(result.Output.Span), Encoding.UTF8.GetString(result.Errors.Span),
        result.Failure is { } failure ? Messages.OneLine(failure.Message) : null);
}
