namespace SmartClients.Cli.Shell;

/// <summary>What a command tells whoever started it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int WorkFailed = 1;
    public const int WrongUse = 2;
    public const int Interrupted = 130;
    public const int NobodyReads = 141;
}
