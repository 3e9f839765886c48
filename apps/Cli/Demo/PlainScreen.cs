namespace SmartClients.Cli.Demo;

/// <summary>Plain lines, for pipes and files.</summary>
internal sealed class PlainScreen(TextWriter output) : Screen
{
    public override void Event(string text)
    {
        lock (output)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    public override ValueTask DisposeAsync() => default;
}
